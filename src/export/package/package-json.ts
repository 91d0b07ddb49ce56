/** `package.json` of the data package: https://docs.npmjs.com/cli/v11/configuring-npm/package-json */
import type { DataPackageSettings, Settings } from '../../settings/schema.ts'
import { slugify, toJson } from '../../text.ts'

/** The package's name: the config's, or one made from the name of the documentation set. */
export function packageName({ name, dataPackage }: Pick<Settings, 'name' | 'dataPackage'>): string {
  if (dataPackage.name !== null) return dataPackage.name
  const plain = slugify(name.normalize('NFKD').replace(/[^A-Za-z0-9]+/g, '-'), 'docs')
  return `${plain.slice(0, 100).replace(/-$/, '')}-permissions`
}

/** The data package's description: the config's, or one made from the name of the documentation set. */
export function packageDescription({ name, dataPackage }: Pick<Settings, 'name' | 'dataPackage'>): string {
  return (
    dataPackage.description ??
    `Who may do what: roles, permissions and cloud policies of ${name}, read from its documentation.`
  )
}

/**
 * @param folders of the versions that are not the current one; each is a subpath
 * @param names of everything that stands in the package's folder
 */
export function packageJson(settings: Settings, folders: readonly string[], names: readonly string[]): string {
  const { version, license, homepage, repository, keywords } = settings.dataPackage
  const entry = (folder: string) => ({ types: `${folder}index.d.ts`, default: `${folder}index.js` })
  return toJson({
    name: packageName(settings),
    version,
    description: packageDescription(settings),
    keywords: [...new Set(['roles', 'permissions', 'rbac', 'access-control', ...keywords])],
    license,
    ...(homepage === null ? {} : { homepage }),
    ...(repository === null ? {} : { repository: { type: 'git', url: gitUrl(repository) } }),
    type: 'module',
    sideEffects: false,
    engines: { node: '>=20' },
    main: './index.js',
    types: './index.d.ts',
    exports: Object.fromEntries([
      ['.', entry('./')],
      ...folders.map((folder) => [`./${folder}`, entry(`./${folder}/`)]),
      ['./query', entry('./query/')],
      ['./verify', { types: './verify.d.ts', default: './verify.js' }],
      ...['dataset.json', 'dataset.schema.json', 'manifest.json', 'package.json'].map((file) => [
        `./${file}`,
        `./${file}`,
      ]),
    ]),
    files: names,
  })
}

/** As npm writes it: `git+https://github.com/org/repo.git`. */
function gitUrl(repository: DataPackageSettings['repository'] & string): string {
  return `git+${repository.replace(/\/$/, '').replace(/(?:\.git)?$/, '.git')}`
}
