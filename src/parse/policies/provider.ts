/** Which cloud a block is about, by the words of its partial's name, its page's path and title, and its headings. */
import type { BlockInput } from '../dialect.ts'
import { wordsOf } from '../words/vocabulary.ts'

const PROVIDERS: [provider: string, words: string[]][] = [
  ['cloudstack', ['cloudstack']],
  ['vsphere', ['vsphere', 'vmware', 'vcenter']],
  ['openstack', ['openstack']],
  ['nutanix', ['nutanix']],
  ['proxmox', ['proxmox', 'pve']],
  ['azure', ['azure', 'aks', 'entra']],
  ['gcp', ['gcp', 'gke', 'google']],
  ['aws', ['aws', 'eks', 'amazon']],
]

/**
 * The cloud that a block is about: the one that its partial's name speaks of, else the nearest heading that names one, the page's
 * title, or its path. `null` where none does.
 */
export function providerOf(input: BlockInput): string | null {
  const { page, headings } = input.block
  const texts = [
    page.frontMatter.values.get(input.settings.partials.frontMatterName) ?? '',
    ...headings.map((heading) => heading.text).reverse(),
    page.title,
    page.file.relativePath,
  ]
  for (const text of texts) {
    const provider = providerIn(text)
    if (provider !== null) return provider
  }
  return null
}

/** The cloud that a text names, or `null`. */
export function providerIn(text: string): string | null {
  // “vSphere” and “CloudStack” are one word to a reader: the text is looked at whole as well as by its parts.
  const words = new Set([...wordsOf(text), ...text.toLowerCase().split(/[^a-z\d]+/)])
  return PROVIDERS.find(([, names]) => names.some((name) => words.has(name)))?.[0] ?? null
}
