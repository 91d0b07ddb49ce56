/** Modules that are loaded when they are first needed, by code that can't wait: most runs need none of them. */
import { createRequire } from 'node:module'

const require = createRequire(import.meta.url)

/** A package; `null` where it is not installed, or its binary does not run here. */
export function latePackage<T>(name: string): T | null {
  try {
    return require(name) as T
  } catch {
    return null
  }
}

/** A module of this folder, by its name without an ending: a source, or a part of the bundle. */
export function lateModule<T>(name: string): T {
  return require(`./${name}.${import.meta.url.endsWith('.ts') ? 'ts' : 'js'}`) as T
}

/** Node's hashes, which take longer to load than a check of a few pages: needed where there is a finding. */
export function cryptoOfNode(): typeof import('node:crypto') {
  return require('node:crypto')
}

/** The YAML parser. */
export function yamlParser(): typeof import('./yaml.ts') {
  return lateModule('yaml')
}
