import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { disk, overlaid } from '../src/files/tree.ts'
import { resolveSettings } from '../src/settings/defaults.ts'

describe('a tree with other contents laid over it', () => {
  const settings = resolveSettings()
  const other = Buffer.from('other')
  let folder = ''
  const at = (name: string) => join(folder, name)

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'rolebook-tree-'))
    for (const name of ['kept.md', 'changed.md', 'gone.md']) writeFileSync(at(name), 'disk')
  })

  afterAll(() => rmSync(folder, { recursive: true }))

  const tree = () =>
    overlaid(
      disk,
      new Map([
        [at('changed.md'), other],
        [at('new.md'), other],
        [at('gone.md'), null],
      ]),
    )

  it('lists what is new, and not what counts as missing', async () => {
    expect(await tree().filesUnder(folder, settings)).toEqual(['changed.md', 'kept.md', 'new.md'].map(at))
  })

  it('finds no file that counts as missing, though the disk has it', async () => {
    expect(await tree().kindOf(at('gone.md'))).toBeNull()
    expect(() => tree().read(at('gone.md'), 100)).toThrow('Missing')
    expect(await tree().kindOf(at('new.md'))).toBe('file')
    expect(String(tree().read(at('new.md'), 100))).toBe('other')
    expect(String(tree().read(at('changed.md'), 100))).toBe('other')
    expect(String(tree().read(at('kept.md'), 100))).toBe('disk')
  })
})
