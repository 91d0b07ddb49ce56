/** What the package brings along: licences, install scripts and known vulnerabilities of what it needs, the actions that it names. */
import { spawnSync } from 'node:child_process'
import { globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { bundledPackages, isTaken, type LockedPackage, refusedLicences } from '../scripts/licences.ts'
import { ROOT } from './support/shared.ts'

const read = (path: string) => readFileSync(join(ROOT, path), 'utf8')
const manifest = JSON.parse(read('package.json'))
const { packages } = JSON.parse(read('package-lock.json')) as { packages: Record<string, LockedPackage> }

interface Audited {
  /** What has a known vulnerability; `null` where the registry could not be asked. */
  vulnerable: string[] | null
  why: string
}

/** What `npm audit --json` says: a report, or why there is none. https://docs.npmjs.com/cli/v11/commands/npm-audit */
function readAudit(json: string): Audited {
  const { vulnerabilities, message } = JSON.parse(json)
  if (typeof vulnerabilities !== 'object') return { vulnerable: null, why: String(message ?? 'no report') }
  const found = Object.values(vulnerabilities as Record<string, { name: string; severity: string }>)
  return { vulnerable: found.map(({ name, severity }) => `${name}: ${severity}`), why: '' }
}

describe('what is installed with it', () => {
  it('has licences that are taken', () => {
    const production = Object.entries(packages).filter(([path, { dev, devOptional }]) => path && !dev && !devOptional)
    expect(production.length).toBeGreaterThanOrEqual(Object.keys(manifest.dependencies).length)
    expect(refusedLicences(packages)).toEqual([])
  })

  it('would not, were one of them under another licence or under none', () => {
    const others = {
      'node_modules/a': { license: 'GPL-3.0-only' },
      'node_modules/b': {},
      'node_modules/c': { dev: true },
    }
    expect(refusedLicences(others)).toEqual(['node_modules/a: GPL-3.0-only', 'node_modules/b: none'])
    expect(['MIT OR GPL-3.0-only', '(MIT OR Apache-2.0)', 'MIT AND ISC', 'MIT AND GPL-3.0-only'].map(isTaken)).toEqual([
      true,
      true,
      true,
      false,
    ])
  })

  it('is bundled only under a licence that is taken', () => {
    const folder = mkdtempSync(join(tmpdir(), 'rolebook-licence-'))
    const at = join(folder, 'node_modules', 'grim')
    mkdirSync(at, { recursive: true })
    writeFileSync(join(at, 'package.json'), '{ "name": "grim", "version": "1.0.0", "license": "SSPL-1.0" }')
    expect(() => bundledPackages(['node_modules/grim/index.js'], folder)).toThrow('grim 1.0.0 has the licence SSPL-1.0')
    rmSync(folder, { recursive: true })
    const [zod] = bundledPackages(['node_modules/zod/index.js', 'src/index.ts'], ROOT)
    expect([zod?.name, zod?.licence]).toEqual(['zod', 'MIT'])
  })

  it('runs nothing when it is installed, and of what develops it only what package.json allows', () => {
    const running = Object.entries(packages).filter(([, { hasInstallScript }]) => hasInstallScript)
    const names = running.map(([path]) => path.replace(/^.*node_modules\//, ''))
    const allowed = Object.keys(manifest.allowScripts).filter((name) => manifest.allowScripts[name])
    expect(names.sort()).toEqual(allowed.sort())
    expect(running.filter(([, { dev }]) => !dev)).toEqual([])
    for (const script of ['preinstall', 'install', 'postinstall', 'prepare'])
      expect(manifest.scripts).not.toHaveProperty(script)
  })

  it('is pinned: every version in package.json is exact, and each locked archive has its hash', () => {
    const wanted = Object.values({ ...manifest.dependencies, ...manifest.devDependencies }) as string[]
    expect(wanted.filter((version) => !/^\d+\.\d+\.\d+(?:-[\w.]+)?$/.test(version))).toEqual([])
    const unhashed = Object.entries(
      packages as Record<string, LockedPackage & { integrity?: string; os?: string[]; cpu?: string[] }>,
    )
      .filter(([path, { integrity, os, cpu }]) => path !== '' && !integrity && !os && !cpu)
      .map(([path]) => path)
    expect(unhashed).toEqual([])
  })
})

describe('npm audit', () => {
  it('knows of no vulnerability in anything that is locked', ({ skip }) => {
    const options = ['--json', '--fetch-retries=0', '--fetch-timeout=30000']
    const { stdout } = spawnSync('npm', ['audit', ...options], { cwd: ROOT, encoding: 'utf8' })
    const { vulnerable, why } = readAudit(stdout)
    if (vulnerable === null) {
      console.log(`skipped: npm audit can't ask its registry: ${why}`)
      skip(why)
    }
    expect(vulnerable).toEqual([])
  })

  it('is read: what it found, nothing, or why it could not look', () => {
    const report = { auditReportVersion: 2, vulnerabilities: { grim: { name: 'grim', severity: 'high', range: '*' } } }
    expect(readAudit(JSON.stringify(report)).vulnerable).toEqual(['grim: high'])
    expect(readAudit('{"auditReportVersion": 2, "vulnerabilities": {}}').vulnerable).toEqual([])
    const refused = '{"message": "405 Method Not Allowed", "method": "POST"}'
    expect(readAudit(refused)).toEqual({ vulnerable: null, why: '405 Method Not Allowed' })
  })
})

describe('actions', () => {
  it('that our own workflows and actions run are pinned by hash', () => {
    const files = globSync(['.github/**/*.{yml,yaml}', 'action.yml', 'scripts/**/action.yml'], { cwd: ROOT })
    expect(files.length).toBeGreaterThanOrEqual(2)
    const uses = files.flatMap((file) => [...read(file).matchAll(/^\s*(?:- )?uses:\s*(\S+)/gm)].map(([, used]) => used))
    expect(uses.filter((used) => !/^\.\/|@[0-9a-f]{40}$/.test(used as string))).toEqual([])
  })
})
