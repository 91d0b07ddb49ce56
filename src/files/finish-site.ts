/** What is done to the built pages when Astro is done: no inline code, a content security policy, pictures for previews. */
import { createHash } from 'node:crypto'
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { contentSecurityPolicy, headersFile, type Inline } from './headers.ts'
import {
  type InspectedPage,
  inspectPage,
  markedStyles,
  namesOfStyles,
  styleSheet,
  withoutInline,
} from './inline-code.ts'
import { changedThemes, scriptlessLink } from './scriptless-theme.ts'
import { SocialFonts, type SocialText, socialSvg } from './social-image.ts'

export interface FinishOptions {
  outDir: string
  /** Sub-path of the site; begins and ends with a slash. */
  base: string
  /** The package's folder, and a file of Astro's, beside which `sharp` is looked for. */
  root: string
  astro: string
  accent: string
}

/** What is kept of a page: thousands of them are in memory at once, so no text of it twice, and none that isn't needed. */
type Page = Pick<InspectedPage, 'attributes' | 'head' | 'scripts' | 'styleElements'> & { path: string }

/** One copy of each text, free of the page that it was read from. */
class Texts {
  readonly #known = new Map<string, string>()

  one(text: string): string {
    let known = this.#known.get(text)
    if (known === undefined) {
      known = Buffer.from(text).toString()
      this.#known.set(known, known)
    }
    return known
  }

  all(texts: ReadonlySet<string>): Set<string> {
    return new Set([...texts].map((text) => this.one(text)))
  }
}

/** Finishes a built site in place. Throws where a page holds what no strict policy allows: a bug of the site's own. */
export async function finishSite(options: FinishOptions): Promise<void> {
  const { outDir, base } = options
  const files = await filesIn(outDir)
  const pages: Page[] = []
  const images = new Map<string, SocialText>()
  const texts = new Texts()
  const styles = new Set<string>()
  const all = { scripts: new Set<string>(), styleElements: new Set<string>() } satisfies Inline
  for (const path of files.filter((file) => file.endsWith('.html'))) {
    const { forbidden, meta, ...page } = inspectPage(await readFile(join(outDir, path), 'utf8'))
    if (forbidden.length > 0) throw new Error(`${path} holds ${forbidden[0]}, which the security policy forbids`)
    for (const style of page.styles) styles.add(texts.one(style))
    for (const hash of page.scripts) all.scripts.add(texts.one(hash))
    for (const hash of page.styleElements) all.styleElements.add(texts.one(hash))
    noteImage(meta, base, images, texts)
    pages.push({
      path,
      head: page.head,
      scripts: texts.all(page.scripts),
      styleElements: texts.all(page.styleElements),
      attributes: page.attributes.map(({ start, end, value }) => ({ start, end, value: texts.one(value) })),
    })
  }
  const names = namesOfStyles(styles)
  const sheet = styleSheet(names)
  const sheetName = hashedName('marks', sheet)
  const themes = await finishStyles(
    outDir,
    files.filter((path) => path.startsWith('_astro/') && path.endsWith('.css')),
  )
  const themesName = hashedName('scriptless', themes)
  for (const page of pages) {
    const path = join(outDir, page.path)
    const policy = contentSecurityPolicy(page, 'meta')
    const link = page.attributes.length > 0 ? `<link rel="stylesheet" href="${base}${sheetName}">` : ''
    const theme = themes === '' ? '' : scriptlessLink(base + themesName)
    const head = `<meta http-equiv="Content-Security-Policy" content="${policy}">${link}${theme}`
    await writeFile(path, withoutInline(await readFile(path, 'utf8'), page, names, head))
  }
  await mkdir(join(outDir, '_astro'), { recursive: true })
  if (styles.size > 0) await writeFile(join(outDir, sheetName), sheet)
  if (themes !== '') await writeFile(join(outDir, themesName), themes)
  await writeFile(join(outDir, '_headers'), headersFile(base, contentSecurityPolicy(all, 'header')))
  await drawImages(images, options)
}

/** Makes the style sheets find the marks that stand for `style`, and gives what they say for readers without scripts. */
async function finishStyles(outDir: string, files: readonly string[]): Promise<string> {
  const changed: string[] = []
  for (const file of files) {
    const path = join(outDir, file)
    const css = await readFile(path, 'utf8')
    const marked = markedStyles(css)
    if (marked !== css) await writeFile(path, marked)
    changed.push(changedThemes(marked) ?? '')
  }
  return changed.join('')
}

/** Such files are kept by browsers for ever: the name changes with what is in them. */
function hashedName(name: string, css: string): string {
  return `_astro/${name}.${createHash('sha256').update(css).digest('hex').slice(0, 8)}.css`
}

/** Adds the picture that a page names in its head. */
function noteImage(meta: InspectedPage['meta'], base: string, images: Map<string, SocialText>, texts: Texts): void {
  const path = imagePath(meta.get('og:image'), base)
  if (path === null || images.has(path)) return
  const [title = '', kind = ''] = [meta.get('og:image:alt')?.split('\n')[0], meta.get('rolebook:kind')]
  images.set(path, { title: texts.one(title), kind: texts.one(kind), site: texts.one(meta.get('og:site_name') ?? '') })
}

/** Draws the pictures, by their paths under the site. */
async function drawImages(
  images: ReadonlyMap<string, SocialText>,
  { outDir, root, astro, accent }: FinishOptions,
): Promise<void> {
  if (images.size === 0) return
  const sharp = await loadSharp(astro)
  const fonts = await SocialFonts.read(join(root, 'site', 'social'))
  const queue = [...images]
  const work = async () => {
    for (let next = queue.pop(); next; next = queue.pop()) {
      const [path, text] = next
      const svg = socialSvg(text, fonts, { ground: '#151b1a', accent })
      const png = await sharp(Buffer.from(svg)).removeAlpha().png({ compressionLevel: 9 }).toBuffer()
      await mkdir(dirname(join(outDir, path)), { recursive: true })
      await writeFile(join(outDir, path), png)
    }
  }
  await Promise.all([work(), work(), work(), work()])
}

/** Path under the site of a picture of ours that a page names; `null` for anything else. */
function imagePath(address: string | undefined, base: string): string | null {
  if (address === undefined || !URL.canParse(address)) return null
  const { pathname } = new URL(address)
  const path = decodeURIComponent(pathname.slice(base.length))
  return pathname.startsWith(`${base}social/`) && !path.split('/').includes('..') ? path : null
}

type Sharp = (svg: Buffer) => {
  removeAlpha(): { png(options: object): { toBuffer(): Promise<Buffer> } }
}

/** `sharp` comes with Astro where it can run. */
async function loadSharp(astro: string): Promise<Sharp> {
  const path = createRequire(astro).resolve('sharp')
  const module = (await import(pathToFileURL(path).href)) as { default: Sharp }
  return module.default
}

/** Whether pictures can be drawn on this machine. */
export function canDraw(astro: string): boolean {
  try {
    createRequire(astro).resolve('sharp')
    return true
  } catch {
    return false
  }
}

async function filesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(folder.length + 1)
        .replaceAll('\\', '/'),
    )
    .sort()
}
