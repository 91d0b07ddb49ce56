/** By itself, so that what only asks for the version does not load the schema. */
export const SCHEMA_VERSION = '1.0.0'
