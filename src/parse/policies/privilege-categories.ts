/** The words that vSphere's client and Nutanix's console write privileges in, and where they may stand. */

/** Categories of privileges, as vSphere's client names them. */
const NAMES =
  'alarms?|auto deploy|certificates?|cns|content library|cryptographic operations?|datacenter|datastore(?: ?/ ?datastore cluster)?|datastore cluster|' +
  'distributed switch|dvport group|esx agent manager|extensions?|folder|global|host|host profile|inventory service|network|' +
  'performance|profile-driven storage|resource|scheduled tasks?|sessions?|storage views|tasks?|transfer service|' +
  'virtual machine|vapp|vm storage policies|vsphere tagging'
const CATEGORY = new RegExp(`^(?:${NAMES})$`, 'i')
const BEGINNING = new RegExp(`^(?:${NAMES}) `, 'i')
/** A line that may be one, whatever marks and tags it begins with. */
const CATEGORY_LINE = new RegExp(
  `^[^A-Za-z<\\n]{0,40}(?:<[^<>\\n]{0,80}>[^A-Za-z<\\n]{0,10}){0,3}(?:${NAMES})\\b[^\\n]{0,80}$`,
  'im',
)
const NUTANIX_LINE = /^[ \t>]*[-*+][ \t]+(?:Create|Delete|Update|View)[ \t]/m

/** The clouds whose privileges are meant; most files name none. */
const CLOUD = /vsphere|vcenter|nutanix|prism central/i

/** Whether a file may list privileges in words: it names the cloud, speaks of privileges, and has a line that begins like one. */
export function mayListPrivileges(text: string): boolean {
  if (!CLOUD.test(text) || !/privilege|permission/i.test(text)) return false
  return (/vsphere|vcenter/i.test(text) && CATEGORY_LINE.test(text)) || (isOfNutanix(text) && NUTANIX_LINE.test(text))
}

/** Whether a text names Nutanix or its console. */
export function isOfNutanix(text: string): boolean {
  return /nutanix|prism central/i.test(text)
}

/** The name of a category in a heading or an item, without what is said of it; `null` for any other text. */
export function categoryIn(text: string): string | null {
  const name = nameIn(text)
  return CATEGORY.test(name) ? name : null
}

/** Whether a short text begins with a category, and goes on: another line may have lost its bullet behind it. */
export function beginsWithCategory(text: string): boolean {
  const name = nameIn(text)
  return BEGINNING.test(name) && name.split(' ').length <= 5
}

/** `**Virtual machine** (Role: dock-vm):` as `Virtual machine`; `Datastore privileges` as `Datastore`. */
export function nameIn(text: string): string {
  return text
    .replace(/\([^()]*\)/g, '')
    .replace(/:\s*$/, '')
    .replace(/\b(?:privileges?|permissions?)\b/gi, '')
    .trim()
}

/** Whether a text may be the name of a privilege: a few words, the first with a capital. */
export function isName(text: string): boolean {
  return /^\p{Lu}|^v[A-Z]/u.test(text) && !/[.!?]$/.test(text) && text.split(' ').length <= 10
}
