/** What roles are of in headings, be it a scope of the config or not. */
export const LEVEL_WORDS =
  'account|application|cluster|company|enterprise|environment|folder|global|group|instance|namespace|organi[sz]ation|project|repository|server|site|space|subscription|system|team|tenant|workspace'

/** Of which part of a product a heading says that roles or permissions are: “Organization permissions”, “at the project level”. */
export const LEVEL = new RegExp(
  String.raw`\b(${LEVEL_WORDS})(?:s|'s)?[ -](?:wide[ -]|resources?[ -])?(?:levels?|roles?|permissions?|scopes?)\b`,
  'i',
)
