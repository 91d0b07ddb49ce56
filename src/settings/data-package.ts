/** The `dataPackage` setting: name, version and licence of the npm package that the exported data is. */
import * as z from 'zod'

/** npm's rules: https://docs.npmjs.com/cli/v11/configuring-npm/package-json#name */
const packageName = z
  .string()
  .max(214)
  .regex(
    /^(?:@[a-z0-9~-][a-z0-9._~-]*\/)?[a-z0-9~-][a-z0-9._~-]*$/,
    'a name that npm takes: lower-case letters, digits, ".", "_" and "-", perhaps `@scope/` before it',
  )
  .refine((name) => !['node_modules', 'favicon.ico'].includes(name), 'npm takes no package of that name')

const SEMVER =
  /^(?:0|[1-9]\d*)\.(?:0|[1-9]\d*)\.(?:0|[1-9]\d*)(?:-[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*)?(?:\+[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*)?$/

export const dataPackageSchema = z.strictObject({
  name: packageName
    .optional()
    .describe('Name on npm; the name of the documentation set with `-permissions` without it.'),
  version: z.string().regex(SEMVER, 'a semantic version, such as 1.4.0').optional().describe('By default 0.0.0.'),
  license: z
    .string()
    .regex(/^[\w .()+:-]+$/, 'an SPDX licence expression')
    .optional()
    .describe('SPDX licence of the data; `UNLICENSED` without it.'),
  licenseFile: z.string().optional().describe('Text of the licence, a file beside the config file.'),
  description: z.string().min(1).optional(),
  keywords: z.array(z.string().min(1)).optional(),
  homepage: z.url({ protocol: /^https?$/ }).optional(),
  repository: z
    .url({ protocol: /^https$/ })
    .optional()
    .describe('Of the documentation: `https://github.com/org/docs`.'),
})

export interface DataPackageSettings {
  name: string | null
  version: string
  license: string
  licenseFile: string | null
  description: string | null
  keywords: string[]
  homepage: string | null
  repository: string | null
}
