"""The windows: their contents, their actions, and the state they remember."""
