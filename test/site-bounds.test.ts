/** What the page of the policy builder holds, of few policies and of thousands; the feed of many changes; notes of many marks. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, describe, expect, it } from 'vitest'
import { allChoices, builderFamilies, longFamilies } from '../site/components/policies/choices.ts'
import { changesFeed } from '../site/lib/atom.ts'
import { loadSite, type Site } from '../site/lib/dataset.ts'
import { notesOf, roleMatrix } from '../site/lib/matrix.ts'
import { siteFiles } from '../src/export/site-files.ts'
import { writeFiles } from '../src/files/output.ts'
import { resolveSettings } from '../src/settings/defaults.ts'
import { analyseTexts } from './support/analysis.ts'

const folders: string[] = []
const before = process.env.ROLEBOOK_SITE_INPUT
afterEach(() => {
  if (before === undefined) delete process.env.ROLEBOOK_SITE_INPUT
  else process.env.ROLEBOOK_SITE_INPUT = before
})
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true })
})

/** The site of some versions, each given as the text of its page, the current one first. */
async function siteOf(...texts: string[]): Promise<Site> {
  const settings = resolveSettings({})
  const versions = texts.map((text, i) => ({
    version: { id: `v${texts.length - i}`, title: `Version ${texts.length - i}`, root: '.' },
    analysis: analyseTexts({ 'page.mdx': text }),
    open: [],
    accepted: [],
  }))
  const folder = mkdtempSync(join(tmpdir(), 'rolebook-site-input-'))
  folders.push(folder)
  await writeFiles(folder, siteFiles(versions, [], settings).set('data/index.json', '[]'))
  process.env.ROLEBOOK_SITE_INPUT = folder
  return loadSite()
}

function policies(count: number): string {
  const document = (i: number) => ({
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Action: 's3:GetObject',
        Resource: Array.from({ length: 20 }, (_, k) => `arn:aws:s3:::dock-${i}-${k}/*`),
      },
    ],
  })
  const parts = Array.from(
    { length: count },
    (_, i) => `## Policy ${i}\n\n\`\`\`json\n${JSON.stringify(document(i))}\n\`\`\`\n`,
  )
  return `---\ntitle: "Policies"\n---\n\n${parts.join('\n')}`
}

function roles(count: number, first: string): string {
  const panel = (i: number) =>
    `<AccordionPanel title="Role ${i} Viewer">\n\n- dock.${first}\n- dock.list\n\n</AccordionPanel>`
  return `---\ntitle: "Roles"\n---\n\n## Project Roles\n\n<Accordion>\n\n${Array.from({ length: count }, (_, i) => panel(i)).join('\n\n')}\n\n</Accordion>\n`
}

describe('the page of the policy builder', () => {
  it('holds the documents of few policies', async () => {
    const [family] = builderFamilies((await siteOf(policies(5))).current)
    expect(family?.policies).toHaveLength(5)
    expect(family?.policies.every(({ document, file }) => document !== undefined && file === undefined)).toBe(true)
    expect(family?.all).toBeUndefined()
  })

  it('does not grow with the number of policies, and says where the others are', async () => {
    const few = (await siteOf(policies(400))).current
    const fewText = JSON.stringify(builderFamilies(few))
    const many = (await siteOf(policies(800))).current
    const text = JSON.stringify(builderFamilies(many))
    expect(text.length).toBeLessThan(1.1 * fewText.length)
    const [family] = builderFamilies(many)
    expect(family?.policies).toHaveLength(100)
    expect(family?.policies.map(({ file }) => file)).not.toContain(undefined)
    expect(longFamilies(many).map((long) => allChoices(many, long).length)).toEqual([800])
    expect(family?.all).toBe('/policies/builder/policies/aws-iam-policy.json')
  })
})

describe('the feed of changes', () => {
  const entries = (feed: string) => feed.split('<entry>').length - 1

  it('holds every change of few', async () => {
    const feed = changesFeed(await siteOf(roles(20, 'get'), roles(20, 'watch')))
    expect(entries(feed)).toBe(20)
    expect(feed).not.toContain('<subtitle>')
  })

  it('holds the newest of many, and says how many there are', async () => {
    const feed = changesFeed(await siteOf(roles(150, 'get'), roles(150, 'watch'), roles(150, 'get')))
    expect(entries(feed)).toBe(200)
    expect(feed).toContain('<subtitle>The newest 200 of 300 changes.')
    const versions = [...feed.matchAll(/<title>Role [^<]*\((Version \d)\)<\/title>/g)].map(([, version]) => version)
    expect(versions.filter((version) => version === 'Version 3')).toHaveLength(150)
    expect(versions.at(-1)).toBe('Version 2')
  })
})

it('roles of no group stand below the groups', async () => {
  const matrix = (name: string) => `## ${name}\n\n| | Get |\n| --- | --- |\n| dock | ✅ |\n`
  const actions = '## Ships\n\n| Action | Pilot | Guest |\n| --- | --- | --- |\n| Move ships | ✅ | ❌ |\n'
  const { current } = await siteOf(`${matrix('Harbour Master')}\n${actions}`)
  expect(current.scopes.flatMap(({ groups }) => groups.map(({ title }) => title))).toEqual(['Ships', null])
})

it('the notes of a matrix stand once each, however many marks a sentence speaks for', async () => {
  const ids = Array.from({ length: 9 }, (_, i) => [`- dock${i}.get\n`, `- dock${i}.list\n`]).flat()
  const site = await siteOf(
    `## Dock Viewer\n\n${ids.join('')}\n## Dock Editor\n\nHas all permissions of Dock Viewer, plus:\n\n- dock1.update\n`,
  )
  const [version] = site.versions
  const editor = version?.data.roles.find(({ name }) => name === 'Dock Editor')
  const matrix = version && editor ? roleMatrix(version, editor) : null
  expect(matrix ? notesOf(matrix) : null).toEqual([
    {
      where:
        'dock0, get, list; dock1, get, list; dock2, get, list; dock3, get, list; dock4, get, list; dock5, get, list; and 3 more',
      effect: 'granted',
      note: 'Has all permissions of Dock Viewer, plus:',
    },
  ])
})
