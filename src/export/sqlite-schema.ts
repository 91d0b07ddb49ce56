/** The tables of the SQLite export. Comments stay in the file: `.schema` shows them. */
import { accessSchema, effectSchema, statementEffectSchema } from '../model/dataset.ts'

/** A column of texts of which the dataset's own schema has a list. */
function oneOf(column: string, { options }: { options: readonly string[] }): string {
  return `${column} TEXT NOT NULL CHECK (${column} IN (${options.map((option) => `'${option}'`).join(', ')}))`
}

const PLACE = `
  path TEXT NOT NULL,       -- file that it was read from
  line INTEGER NOT NULL,    -- 1-based
  "column" INTEGER NOT NULL -- 1-based, in UTF-16 code units`
const ACCESS = oneOf('access', accessSchema)

export const SCHEMA = `
PRAGMA application_id = 0x524f4c45; -- ROLE
PRAGMA user_version = 1;

CREATE TABLE dataset ( -- what this was made from: name, version, schema_version
  key TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE sources ( -- files that were read
  path TEXT PRIMARY KEY,
  sha256 TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE scopes ( -- where roles apply
  id TEXT PRIMARY KEY,
  title TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE operations ( -- verbs on resources
  id TEXT PRIMARY KEY,
  ${ACCESS}
) STRICT, WITHOUT ROWID;

CREATE TABLE resources ( -- kinds of things that operations act on
  id TEXT PRIMARY KEY,
  title TEXT NOT NULL,
  description TEXT,${PLACE}
) STRICT, WITHOUT ROWID;

CREATE TABLE resource_aliases ( -- other spellings
  resource TEXT NOT NULL REFERENCES resources (id),
  alias TEXT NOT NULL,
  PRIMARY KEY (resource, alias)
) STRICT, WITHOUT ROWID;

CREATE TABLE resource_scopes ( -- scopes in which a catalogue offers it
  resource TEXT NOT NULL REFERENCES resources (id),
  scope TEXT NOT NULL,
  PRIMARY KEY (resource, scope)
) STRICT, WITHOUT ROWID;

CREATE TABLE resource_operations ( -- operations that are listed for it or granted on it
  resource TEXT NOT NULL REFERENCES resources (id),
  operation TEXT NOT NULL,
  PRIMARY KEY (resource, operation)
) STRICT, WITHOUT ROWID;

CREATE TABLE permissions ( -- an operation on a resource; an id with * in it is a pattern
  id TEXT PRIMARY KEY,
  resource TEXT REFERENCES resources (id),
  operation TEXT REFERENCES operations (id),
  ${ACCESS},
  title TEXT,       -- the label as written, where rows are actions
  description TEXT
) STRICT, WITHOUT ROWID;
CREATE INDEX permissions_by_resource ON permissions (resource, operation);

CREATE TABLE roles ( -- named sets of grants
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  scope TEXT NOT NULL REFERENCES scopes (id),
  "group" TEXT,     -- the section that the role stands in
  level TEXT,       -- admin, editor, viewer, or another
  description TEXT,${PLACE}
) STRICT, WITHOUT ROWID;
CREATE INDEX roles_by_scope ON roles (scope);

CREATE TABLE role_aliases ( -- other spellings of a role's name
  role TEXT NOT NULL REFERENCES roles (id),
  alias TEXT NOT NULL,
  PRIMARY KEY (role, alias)
) STRICT, WITHOUT ROWID;

CREATE TABLE grants ( -- one mark or bullet: what it says of one permission
  id INTEGER PRIMARY KEY, -- position in the dataset
  role TEXT NOT NULL REFERENCES roles (id),
  permission TEXT NOT NULL REFERENCES permissions (id),
  ${oneOf('effect', effectSchema)},
  note TEXT,              -- text of a condition or a footnote${PLACE}
) STRICT;
CREATE INDEX grants_by_role ON grants (role, permission);
CREATE INDEX grants_by_permission ON grants (permission, role);

CREATE TABLE catalogues ( -- lists of permissions that exist or may be used; no roles
  id TEXT PRIMARY KEY,
  title TEXT NOT NULL,
  scope TEXT NOT NULL,${PLACE}
) STRICT, WITHOUT ROWID;

CREATE TABLE catalogue_permissions (
  catalogue TEXT NOT NULL REFERENCES catalogues (id),
  permission TEXT NOT NULL REFERENCES permissions (id),
  PRIMARY KEY (catalogue, permission)
) STRICT, WITHOUT ROWID;

CREATE TABLE mappings ( -- roles of one system that ask for roles of another
  id INTEGER PRIMARY KEY,
  role TEXT NOT NULL, -- the role that asks, as written
  description TEXT,${PLACE}
) STRICT;

CREATE TABLE mapping_restrictions (
  mapping INTEGER NOT NULL REFERENCES mappings (id),
  position INTEGER NOT NULL,
  restriction TEXT NOT NULL,
  PRIMARY KEY (mapping, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE mapping_requirements ( -- all positions are asked for, of each one role
  mapping INTEGER NOT NULL REFERENCES mappings (id),
  position INTEGER NOT NULL,
  role TEXT NOT NULL,
  PRIMARY KEY (mapping, position, role)
) STRICT, WITHOUT ROWID;

CREATE TABLE policies ( -- permission documents of cloud providers
  id TEXT PRIMARY KEY,
  title TEXT NOT NULL,
  provider TEXT NOT NULL,
  kind TEXT NOT NULL,
  variant TEXT,     -- product version or edition that it is for
  document TEXT,    -- as JSON; null where there is none
  last_update TEXT, -- date of its "Last Update" line${PLACE}
) STRICT, WITHOUT ROWID;

CREATE TABLE policy_permissions ( -- actions that a policy allows, as written; patterns among them
  policy TEXT NOT NULL REFERENCES policies (id),
  action TEXT NOT NULL,
  PRIMARY KEY (policy, action)
) STRICT, WITHOUT ROWID;
CREATE INDEX policy_permissions_by_action ON policy_permissions (action);

CREATE TABLE policy_uses ( -- places that include a policy
  policy TEXT NOT NULL REFERENCES policies (id),${PLACE}
) STRICT;
CREATE INDEX policy_uses_by_policy ON policy_uses (policy);

CREATE TABLE policy_statements (
  id INTEGER PRIMARY KEY,
  policy TEXT NOT NULL REFERENCES policies (id),
  sid TEXT,
  ${oneOf('effect', statementEffectSchema)},
  actions TEXT NOT NULL,     -- JSON arrays of texts
  not_actions TEXT NOT NULL,
  resources TEXT NOT NULL,
  conditions TEXT,           -- as the document writes it, in JSON${PLACE}
) STRICT;
CREATE INDEX policy_statements_by_policy ON policy_statements (policy);

-- What each role says of each permission that its grants cover, patterns spelt out. Of several statements the most
-- careful counts: a denial before a condition before a grant.
CREATE VIEW role_effects (role, permission, effect) AS
WITH covered (role, permission, weight) AS (
  SELECT g.role, p.id, CASE g.effect WHEN 'denied' THEN 3 WHEN 'conditional' THEN 2 ELSE 1 END
  FROM grants AS g JOIN permissions AS p ON p.id = g.permission
  UNION ALL
  SELECT g.role, p.id, CASE g.effect WHEN 'denied' THEN 3 WHEN 'conditional' THEN 2 ELSE 1 END
  FROM grants AS g JOIN permissions AS p ON p.id GLOB replace(replace(g.permission, '[', '[[]'), '?', '[?]')
  WHERE instr(g.permission, '*') > 0
)
SELECT role, permission, CASE max(weight) WHEN 3 THEN 'denied' WHEN 2 THEN 'conditional' ELSE 'granted' END
FROM covered GROUP BY role, permission;

-- What each role may do in the end: granted, or granted under a condition.
CREATE VIEW role_permissions (role, permission, effect) AS
SELECT role, permission, effect FROM role_effects WHERE effect <> 'denied';
`
