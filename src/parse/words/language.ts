/** Languages of code fences, by what is written in them. */

const LANGUAGES = {
  plain: /^(?:te?xt|plain|plaintext)$/i,
  json: /^json(?:[c5l]|lines?)?$/i,
  yaml: /^ya?ml$/i,
  toml: /^toml$/i,
  terraform: /^(?:hcl|terraform|tf)$/i,
  shell: /^(?:bash|sh|shell|zsh|console|shell-session|terminal|powershell|ps1)$/i,
  call: /^(?:aws|http)$/i,
  sql: /^(?:[a-z-]{0,20}sql|postgres|mariadb|snowflake|redshift|oracle|bigquery|clickhouse|cockroachdb|databricks|hive|hql|cql|cypher)$/i,
  script: /^(?:js|javascript|jsonnet|ts|typescript)$/i,
}

/** Whether a fence says of its code that it is in one of some languages; where it says nothing, it is plain. */
export function isLanguage(language: string | null | undefined, ...of: (keyof typeof LANGUAGES)[]): boolean {
  return language ? of.some((one) => LANGUAGES[one].test(language)) : of.includes('plain')
}
