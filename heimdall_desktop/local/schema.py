"""The tables of the server's SQLite file.

The two rank columns carry the list order of heimdall-api.md §4.4 into an index, so that a page of a
large scan costs the same as a page of a small one.
"""

SCHEMA = """
CREATE TABLE IF NOT EXISTS users (
    id TEXT PRIMARY KEY, email TEXT NOT NULL UNIQUE, display_name TEXT, avatar_url TEXT,
    role TEXT NOT NULL DEFAULT 'user', created_at INTEGER NOT NULL,
    password_hash TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS sessions (
    token_hash TEXT PRIMARY KEY,
    user_id TEXT NOT NULL REFERENCES users(id) ON DELETE CASCADE,
    expires_at INTEGER NOT NULL
);
CREATE TABLE IF NOT EXISTS repos (
    id TEXT PRIMARY KEY, org_id TEXT,
    user_id TEXT NOT NULL REFERENCES users(id) ON DELETE CASCADE,
    name TEXT NOT NULL, source_type TEXT NOT NULL, remote_url TEXT, default_branch TEXT,
    last_commit_sha TEXT, oauth_connection_id TEXT, issue_auto_create_enabled INTEGER NOT NULL,
    issue_auto_create_min_severity TEXT NOT NULL, created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL, deleted_at INTEGER
);
CREATE TABLE IF NOT EXISTS scans (
    id TEXT PRIMARY KEY,
    repo_id TEXT NOT NULL REFERENCES repos(id) ON DELETE CASCADE,
    scan_type TEXT NOT NULL, status TEXT NOT NULL, commit_sha TEXT, base_commit_sha TEXT,
    parent_scan_id TEXT, triggered_by TEXT, finding_count INTEGER NOT NULL,
    critical_count INTEGER NOT NULL, high_count INTEGER NOT NULL, medium_count INTEGER NOT NULL,
    low_count INTEGER NOT NULL, started_at INTEGER, completed_at INTEGER, error_message TEXT,
    created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL
);
CREATE INDEX IF NOT EXISTS scans_of_repo ON scans(repo_id, created_at);
CREATE TABLE IF NOT EXISTS stages (
    id TEXT PRIMARY KEY,
    scan_id TEXT NOT NULL REFERENCES scans(id) ON DELETE CASCADE,
    stage TEXT NOT NULL, status TEXT NOT NULL, error TEXT, created_at INTEGER NOT NULL,
    started_at INTEGER, completed_at INTEGER
);
CREATE INDEX IF NOT EXISTS stages_of_scan ON stages(scan_id);
CREATE TABLE IF NOT EXISTS files_seen (
    scan_id TEXT PRIMARY KEY REFERENCES scans(id) ON DELETE CASCADE,
    unlooked INTEGER NOT NULL, not_taken INTEGER NOT NULL
);
CREATE TABLE IF NOT EXISTS activity (
    id TEXT PRIMARY KEY,
    scan_id TEXT NOT NULL REFERENCES scans(id) ON DELETE CASCADE,
    event_type TEXT NOT NULL, status TEXT NOT NULL, stage TEXT, task_key TEXT NOT NULL,
    title TEXT NOT NULL, detail TEXT, progress_pct INTEGER, created_at INTEGER NOT NULL
);
CREATE INDEX IF NOT EXISTS activity_of_scan ON activity(scan_id, created_at);
CREATE TABLE IF NOT EXISTS agent_calls (
    id TEXT PRIMARY KEY,
    scan_id TEXT NOT NULL REFERENCES scans(id) ON DELETE CASCADE,
    stage TEXT NOT NULL, tool_name TEXT NOT NULL, duration_ms INTEGER, error TEXT,
    created_at INTEGER NOT NULL
);
CREATE INDEX IF NOT EXISTS agent_calls_of_scan ON agent_calls(scan_id, created_at);
CREATE TABLE IF NOT EXISTS threat_models (
    id TEXT PRIMARY KEY,
    scan_id TEXT NOT NULL REFERENCES scans(id) ON DELETE CASCADE,
    repo_id TEXT NOT NULL REFERENCES repos(id) ON DELETE CASCADE,
    summary TEXT, boundaries_json TEXT, surfaces_json TEXT, data_flows_json TEXT,
    model_version INTEGER NOT NULL, edited_by TEXT,
    created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL
);
CREATE INDEX IF NOT EXISTS threat_models_of_scan ON threat_models(scan_id);
CREATE TABLE IF NOT EXISTS findings (
    id TEXT PRIMARY KEY,
    scan_id TEXT NOT NULL REFERENCES scans(id) ON DELETE CASCADE,
    repo_id TEXT NOT NULL REFERENCES repos(id) ON DELETE CASCADE,
    source TEXT NOT NULL, status TEXT NOT NULL, severity TEXT NOT NULL, confidence TEXT NOT NULL,
    title TEXT NOT NULL, description TEXT, cwe_id TEXT, cve_id TEXT, file_path TEXT,
    line_start INTEGER NOT NULL, line_end INTEGER, code_snippet TEXT, suggested_patch TEXT,
    fix_type TEXT, fix_summary TEXT, references_json TEXT, manifest_coordinates_json TEXT,
    poc_exploit_json TEXT, poc_validated INTEGER NOT NULL, fingerprint TEXT NOT NULL,
    agent_reasoning TEXT, created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL,
    status_rank INTEGER GENERATED ALWAYS AS (CASE status
        WHEN 'open' THEN 0 WHEN 'confirmed' THEN 1 WHEN 'fixed' THEN 2
        WHEN 'dismissed' THEN 3 WHEN 'false_positive' THEN 4 ELSE 5 END) VIRTUAL,
    severity_rank INTEGER GENERATED ALWAYS AS (CASE severity
        WHEN 'critical' THEN 0 WHEN 'high' THEN 1 WHEN 'medium' THEN 2
        WHEN 'low' THEN 3 ELSE 4 END) VIRTUAL
);
CREATE INDEX IF NOT EXISTS findings_in_list_order
    ON findings(scan_id, status_rank, severity_rank, created_at DESC);
CREATE INDEX IF NOT EXISTS findings_by_severity ON findings(scan_id, severity);
CREATE INDEX IF NOT EXISTS findings_of_repo ON findings(repo_id);
CREATE TABLE IF NOT EXISTS finding_events (
    id TEXT PRIMARY KEY,
    finding_id TEXT NOT NULL REFERENCES findings(id) ON DELETE CASCADE,
    user_id TEXT, event_type TEXT NOT NULL, old_value TEXT, new_value TEXT, comment TEXT,
    metadata TEXT, created_at INTEGER NOT NULL
);
CREATE INDEX IF NOT EXISTS events_of_finding ON finding_events(finding_id);
CREATE TABLE IF NOT EXISTS patches (
    id TEXT PRIMARY KEY,
    finding_id TEXT NOT NULL REFERENCES findings(id) ON DELETE CASCADE,
    file_path TEXT NOT NULL, diff_content TEXT NOT NULL, applied INTEGER NOT NULL,
    created_at INTEGER NOT NULL
);
CREATE INDEX IF NOT EXISTS patches_of_finding ON patches(finding_id);
CREATE TABLE IF NOT EXISTS answers (
    id TEXT PRIMARY KEY,
    finding_id TEXT NOT NULL REFERENCES findings(id) ON DELETE CASCADE,
    action TEXT NOT NULL, body_json TEXT
);
CREATE INDEX IF NOT EXISTS answers_of_finding ON answers(finding_id);
"""
