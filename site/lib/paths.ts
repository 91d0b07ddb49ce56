/** What `getStaticPaths` of the routes return. The current version has no prefix, so its `version` is undefined. */
import { loadSite } from './dataset.ts'
import { versionParam } from './page.ts'
import type { Version } from './version.ts'

type Params = Record<string, string | undefined>

/** One path for every thing that `of` finds in each version. */
export function eachVersion<P extends object>(of: (version: Version) => { params: Params; props: P }[]) {
  return loadSite().versions.flatMap((version) =>
    of(version).map(({ params, props }) => ({
      params: { version: versionParam(version), ...params },
      props: { version, ...props },
    })),
  )
}

/** The pages of an overview from the second on, in each version. */
export function furtherPages(count: (version: Version) => number) {
  return eachVersion((version) =>
    Array.from({ length: count(version) - 1 }, (_, i) => ({ params: { page: `${i + 2}` }, props: { number: i + 2 } })),
  )
}

/** One path for each version. */
export function perVersion() {
  return eachVersion(() => [{ params: {}, props: {} }])
}
