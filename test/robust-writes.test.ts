/** Outputs are written whole or not at all: over full disks, kills, links, closed pipes and each other. */
import { spawn, spawnSync } from 'node:child_process'
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { remake, writeAll, writeWhole } from '../src/files/atomic.ts'
import { lock } from '../src/files/lock.ts'
import { Workspace } from './support/cli.ts'
import { ROOT } from './support/shared.ts'

/** What the disk does instead of what it is asked for: fails with a code once so many files are written. */
const fault = vi.hoisted(() => ({ code: '', after: 0 }))

vi.mock('node:fs/promises', async (original) => {
  const real = await original<typeof import('node:fs/promises')>()
  const open: typeof real.open = async (...args) => {
    const handle = await real.open(...args)
    if (fault.code === '') return handle
    const write = handle.writeFile.bind(handle)
    handle.writeFile = async (data) => {
      if (fault.after-- > 0) return write(data)
      await write(String(data).slice(0, 3))
      throw Object.assign(new Error(`${fault.code}: write`), { code: fault.code })
    }
    return handle
  }
  return { ...real, open }
})

let workspace: Workspace
const at = (...path: string[]) => join(workspace.folder, ...path)
const read = (...path: string[]) => readFileSync(at(...path), 'utf8')
/** All names under a folder, hidden ones too. */
const names = (...path: string[]) =>
  readdirSync(at(...path), { recursive: true })
    .map(String)
    .sort()

beforeEach(() => {
  workspace = new Workspace()
})

afterEach(() => {
  fault.code = ''
  workspace.remove()
})

/** The id of a process that has ended. */
const ended = () => spawnSync(process.execPath, ['-e', '']).pid

describe('a file', () => {
  it('is replaced with its mode, and nothing stays beside it', async () => {
    workspace.write({ a: 'old' })
    chmodSync(at('a'), 0o640)
    await writeWhole(at('a'), 'new')
    await writeWhole(at('b'), new Uint8Array([65]))
    expect([read('a'), read('b'), statSync(at('a')).mode & 0o777, names()]).toEqual(['new', 'A', 0o640, ['a', 'b']])
  })

  it.each(['ENOSPC', 'EDQUOT', 'EROFS', 'EIO', 'EFBIG'])(
    'stays as it was where writing fails with %s',
    async (code) => {
      workspace.write({ a: 'old' })
      Object.assign(fault, { code, after: 0 })
      await expect(writeWhole(at('a'), 'new content')).rejects.toThrow(
        new RegExp(`^\\S+/a can't be written: .* \\(${code}\\)$`),
      )
      expect([read('a'), names()]).toEqual(['old', ['a']])
    },
  )

  it('that is a folder, or whose folder is none, is an error', async () => {
    mkdirSync(at('folder'))
    workspace.write({ file: 'x' })
    await expect(writeWhole(at('folder'), 'x')).rejects.toThrow('it is a folder (EISDIR)')
    await expect(writeWhole(at('file', 'a'), 'x')).rejects.toThrow('part of its path is no folder (ENOTDIR)')
    await expect(writeWhole(at('none', 'a'), 'x')).rejects.toThrow('its folder is not there (ENOENT)')
    expect(names()).toEqual(['file', 'folder'])
  })

  it('that is a link is followed within its folder, and not out of it', async () => {
    workspace.write({ 'in/real': 'old', outside: 'old' })
    symlinkSync('real', at('in/near'))
    symlinkSync('../outside', at('in/far'))
    symlinkSync('../nothing', at('in/dangling'))
    await writeWhole(at('in/near'), 'new')
    await expect(writeWhole(at('in/far'), 'new')).rejects.toThrow('is a link that leads out of its folder')
    await writeWhole(at('in/dangling'), 'new')
    expect([read('in/real'), lstatSync(at('in/near')).isSymbolicLink(), read('outside')]).toEqual(['new', true, 'old'])
    expect([existsSync(at('nothing')), lstatSync(at('in/dangling')).isFile()]).toEqual([false, true])
  })

  it.skipIf(process.platform === 'win32')('that is a device is written to, and still one', async () => {
    await writeWhole('/dev/null', 'x')
    expect(lstatSync('/dev/null').isCharacterDevice()).toBe(true)
  })

  it('is cleaned up after by the next process, where one was killed; not where it still runs', async () => {
    const id = '00000000-0000-4000-8000-000000000000'
    const [dead, alive] = [`.rolebook-${ended()}-${id}.tmp`, `.rolebook-${process.pid}-${id}.tmp`]
    workspace.write({ [`x/${dead}`]: 'half', [`x/${alive}`]: 'half', 'x/.rolebook-notes.tmp': 'mine' })
    await writeWhole(at('x/a'), 'new')
    expect(names('x')).toEqual([`${alive}`, '.rolebook-notes.tmp', 'a'].sort())
  })
})

describe('several files in a folder', () => {
  const files = new Map(Array.from({ length: 30 }, (_, i) => [`sub${i % 3}/f${i}`, `new ${i}`]))

  it('are written beside what stands there already', async () => {
    workspace.write({ 'out/mine': 'mine', 'out/sub0/f0': 'old' })
    await writeAll(at('out'), files)
    expect([read('out/mine'), read('out/sub0/f0'), read('out/sub2/f29')]).toEqual(['mine', 'new 0', 'new 29'])
    expect(names('out')).toHaveLength(1 + 3 + 30)
  })

  it.each([0, 1, 15, 29])('all stay as they were where the disk is full after %i of them', async (after) => {
    workspace.write(Object.fromEntries([...files.keys()].map((name) => [`out/${name}`, 'old'])))
    const before = names('out')
    Object.assign(fault, { code: 'ENOSPC', after })
    await expect(writeAll(at('out'), files)).rejects.toThrow("/out can't be written: the disk is full (ENOSPC)")
    expect(names('out')).toEqual(before)
    expect(new Set([...files.keys()].map((name) => read('out', name)))).toEqual(new Set(['old']))
  })

  it('do not go through a link out of the folder, and replace one in their place', async () => {
    workspace.write({ 'elsewhere/keep': 'old', secret: 'old' })
    mkdirSync(at('out'))
    symlinkSync('../elsewhere', at('out/sub'))
    symlinkSync('../secret', at('out/file'))
    await expect(writeAll(at('out'), new Map([['sub/keep', 'new']]))).rejects.toThrow('is a link that leads out of')
    await writeAll(at('out'), new Map([['file', 'new']]))
    expect([read('elsewhere/keep'), read('secret'), read('out/file')]).toEqual(['old', 'old', 'new'])
  })
})

describe('a folder that is made anew', () => {
  const fill = (text: string) => (stage: string) =>
    writeAll(
      stage,
      new Map([
        ['data/a', text],
        ['site/b', text],
      ]),
    )

  it('takes the place of the last one whole, and leaves other entries', async () => {
    workspace.write({ 'out/data/a': 'old', 'out/data/gone': 'old', 'out/mine': 'mine' })
    await remake(at('out'), fill('new'))
    expect(names('out')).toEqual(['data', 'data/a', 'mine', 'site', 'site/b'])
    await remake(at('out'), (stage) => writeAll(join(stage, 'data'), new Map([['c/d', 'x']])))
    expect(names('out')).toEqual(['data', 'data/c', 'data/c/d', 'mine', 'site', 'site/b'])
  })

  it('stays the last good one where making it fails, or the disk is full', async () => {
    await remake(at('out'), fill('good'))
    const before = names('out')
    const broken = async (stage: string) => {
      await fill('bad')(stage)
      throw new Error('broken')
    }
    await expect(remake(at('out'), broken)).rejects.toThrow('broken')
    Object.assign(fault, { code: 'ENOSPC', after: 1 })
    await expect(remake(at('out'), fill('bad'))).rejects.toThrow('the disk is full (ENOSPC)')
    expect([names('out'), read('out/data/a'), read('out/site/b')]).toEqual([before, 'good', 'good'])
  })

  it('replaces a link instead of following it', async () => {
    workspace.write({ 'elsewhere/a': 'old', 'out/x': '' })
    symlinkSync('../elsewhere', at('out/data'))
    await remake(at('out'), fill('new'))
    expect([names('elsewhere'), read('elsewhere/a'), lstatSync(at('out/data')).isDirectory()]).toEqual([
      ['a'],
      'old',
      true,
    ])
  })

  it('is refused while another build writes there, and free again after it', async () => {
    let inner: unknown
    await remake(at('out'), async (stage) => {
      inner = await remake(at('out'), fill('second')).catch((error) => error)
      await fill('first')(stage)
    })
    expect(String(inner)).toMatch(
      /out is being written by process \d+: wait for it, or remove \S+\.rolebook\.lock if there is none$/,
    )
    expect(read('out/data/a')).toBe('first')
    await remake(at('out'), fill('third'))
    expect([read('out/data/a'), names('out')]).toEqual(['third', ['data', 'data/a', 'site', 'site/b']])
  })

  it('never mixes two builds, however many run at once', async () => {
    const texts = Array.from({ length: 12 }, (_, i) => `build ${i}`)
    const results = await Promise.allSettled(texts.map((text) => remake(at('out'), fill(text))))
    const done = texts.filter((_, i) => results[i]?.status === 'fulfilled')
    expect(done.length).toBeGreaterThan(0)
    expect(read('out/data/a')).toBe(read('out/site/b'))
    expect(done).toContain(read('out/data/a'))
    expect(names('out')).toEqual(['data', 'data/a', 'site', 'site/b'])
  })

  it('takes over the lock of a process that has ended, or is silent for long, and no other', async () => {
    const held = (pid: number, host: string) => `${JSON.stringify({ process: pid, host, id: 'x' })}\n`
    const write = (text: string, old = false) => {
      workspace.write({ 'out/.rolebook.lock': text })
      if (old) utimesSync(at('out/.rolebook.lock'), 1e9, 1e9)
    }
    for (const [text, old] of [
      [held(ended(), hostname()), false],
      [held(process.pid, hostname()), true],
      ['', true],
      [held(1, 'elsewhere'), true],
    ] as const) {
      write(text, old)
      await (await lock(at('out')))()
      expect(names('out')).toEqual([])
    }
    for (const text of [held(process.pid, hostname()), held(ended(), 'elsewhere'), '', 'nonsense \x1b[2J']) {
      write(text)
      const message = await lock(at('out')).then(String, String)
      expect(message).toMatch(/is being written by (?:another process|process \d+(?: on elsewhere)?): wait/)
      expect(message).not.toContain('\x1b')
      expect(read('out/.rolebook.lock')).toBe(text)
    }
  })

  it.each(['while it is made', 'between the two renames'])(
    'survives a kill %s: the last good one is there after the next start',
    async (moment) => {
      await remake(at('out'), fill('good'))
      // The child makes a folder, and is killed at the moment in question.
      const code = `
      import { renameSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
      import { remake } from ${JSON.stringify(join(ROOT, 'src/files/atomic.ts'))}
      await remake(${JSON.stringify(at('out'))}, async (stage) => {
        mkdirSync(stage + '/data')
        writeFileSync(stage + '/data/a', 'half')
        if (${moment !== 'while it is made'}) {
          mkdirSync(stage + '.old')
          renameSync(${JSON.stringify(at('out/data'))}, stage + '.old/data')
        }
        process.kill(process.pid, 'SIGKILL')
      })`
      const { signal } = spawnSync(process.execPath, ['--input-type=module', '-e', code], { encoding: 'utf8' })
      expect(signal).toBe('SIGKILL')
      expect(names('out').some((name) => name.startsWith('.rolebook'))).toBe(true)
      await expect(
        remake(at('out'), async () => {
          throw new Error('stop')
        }),
      ).rejects.toThrow('stop')
      expect(names('out')).toEqual(['data', 'data/a', 'site', 'site/b'])
      expect([read('out/data/a'), read('out/site/b')]).toEqual(['good', 'good'])
    },
  )
})

const PAGE = '# Roles\n\n## Viewer\n\n| | Get |\n| --- | --- |\n| **order** | ✓ |\n'
const CLI = join(ROOT, 'scripts/rolebook.ts')

describe('a command', () => {
  it('says that the disk is full, in one line, and leaves what was there', async () => {
    workspace.write({ 'roles.md': PAGE, 'out/dataset.json': 'old', 'dist/data/dataset.json': 'old' })
    Object.assign(fault, { code: 'ENOSPC', after: 2 })
    for (const argv of [
      ['export', '--out', 'out'],
      ['build', '--no-site'],
    ]) {
      const { code, err } = await workspace.run(...argv)
      expect({ code, err }).toEqual({
        code: 2,
        err: expect.stringMatching(/^rolebook: \S+ can't be written: the disk is full \(ENOSPC\)\n$/),
      })
    }
    expect([read('out/dataset.json'), read('dist/data/dataset.json')]).toEqual(['old', 'old'])
    expect([names('out'), names('dist')]).toEqual([['dataset.json'], ['data', 'data/dataset.json']])
  })

  it.skipIf(process.getuid?.() === 0 || process.platform === 'win32')('says that a folder is read-only', async () => {
    workspace.write({ 'roles.md': PAGE, 'out/dataset.json': 'old' })
    chmodSync(at('out'), 0o555)
    const { code, err } = await workspace.run('export', '--out', 'out')
    chmodSync(at('out'), 0o755)
    expect({ code, err }).toEqual({
      code: 2,
      err: expect.stringContaining("can't be written: there is no permission (EACCES)"),
    })
  })

  it('says that a folder can not be made where a file stands', async () => {
    workspace.write({ 'roles.md': PAGE, out: 'a file' })
    for (const argv of [
      ['export', '--out', 'out'],
      ['build', '--no-site', '--out', 'out'],
    ]) {
      const { code, err } = await workspace.run(...argv)
      expect({ code, err }).toEqual({
        code: 2,
        err: expect.stringMatching(/can't be written: part of its path is (?:a file|no folder) \(\w+\)\n$/),
      })
    }
  })

  it('of two at once in one folder, one builds and the other builds too or says why not', async () => {
    workspace.write({ 'roles.md': PAGE })
    const build = () =>
      new Promise<{ code: number | null; err: string }>((resolve) => {
        const child = spawn(process.execPath, [CLI, 'build', '--no-site'], { cwd: workspace.folder })
        let err = ''
        child.stderr.on('data', (part) => {
          err += part
        })
        child.on('close', (code) => resolve({ code, err }))
      })
    const results = await Promise.all([build(), build(), build()])
    expect(results.filter(({ code }) => code === 0).length).toBeGreaterThan(0)
    for (const { code, err } of results) {
      if (code !== 0)
        expect({ code, err }).toEqual({
          code: 2,
          err: expect.stringMatching(/^rolebook: \S+ is being written by process \d+/),
        })
    }
    expect(JSON.parse(read('dist/data/dataset.json')).roles).toHaveLength(1)
    expect(readdirSync(at('dist'))).toEqual(['data'])
  })

  it.skipIf(process.platform === 'win32')('whose reader has read enough says nothing, and keeps its exit code', () => {
    const rows = Array.from({ length: 2000 }, (_, i) => `| **order${i}** | ✓ |`).join('\n')
    workspace.write({
      'roles.md': `# Roles\n\n## Viewer\n\n| | Get |\n| --- | --- |\n${rows}\n`,
      'bad.md':
        '# Roles\n\n## Auditor\n\nCan only read; a read-only role.\n\n| | Get | Delete |\n| --- | --- | --- |\n| **order** | ✓ | ✓ |\n',
    })
    const piped = (command: string) => {
      const script = `${JSON.stringify(process.execPath)} ${CLI} ${command} | head -c 1 > /dev/null; echo "\${PIPESTATUS[0]}"`
      const { stdout, stderr } = spawnSync('bash', ['-c', script], { cwd: workspace.folder, encoding: 'utf8' })
      return { code: Number(stdout.trim()), stderr }
    }
    expect(piped('extract roles.md')).toEqual({ code: 0, stderr: '' })
    const json = spawnSync(process.execPath, [CLI, 'check', '--format', 'json'], {
      cwd: workspace.folder,
      encoding: 'utf8',
    })
    expect(piped('check --format json')).toEqual({ code: json.status, stderr: '' })
  })

  it.skipIf(!existsSync('/dev/full'))('whose output goes to a full disk says so, with exit 2', () => {
    writeFileSync(at('roles.md'), PAGE)
    const { status, stderr } = spawnSync(
      'sh',
      ['-c', `${JSON.stringify(process.execPath)} ${CLI} extract > /dev/full`],
      {
        cwd: workspace.folder,
        encoding: 'utf8',
      },
    )
    expect({ status, stderr }).toEqual({
      status: 2,
      stderr: "rolebook: standard output can't be written: the disk is full (ENOSPC)\n",
    })
  })
})
