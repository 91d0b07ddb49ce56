/** Elements as data: the build writes them as HTML and the browser makes them, so that both show the same. */
export interface Element_ {
  tag: string
  attributes: Record<string, string>
  children: View[]
}
export type View = string | Element_

export function h(tag: string, attributes: Record<string, string> = {}, ...children: View[]): Element_ {
  return { tag, attributes, children }
}

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }
const SVG = new Set(['svg', 'rect'])

const escaped = (text: string) => text.replace(/[&<>"']/g, (char) => ENTITIES[char] as string)

export function toHtml(view: View): string {
  if (typeof view === 'string') return escaped(view)
  const attributes = Object.entries(view.attributes).map(([name, value]) => ` ${name}="${escaped(value)}"`)
  return `<${view.tag}${attributes.join('')}>${view.children.map(toHtml).join('')}</${view.tag}>`
}

export function toNode(view: View): Node {
  if (typeof view === 'string') return document.createTextNode(view)
  const element = SVG.has(view.tag)
    ? document.createElementNS('http://www.w3.org/2000/svg', view.tag)
    : document.createElement(view.tag)
  for (const [name, value] of Object.entries(view.attributes)) element.setAttribute(name, value)
  element.append(...view.children.map(toNode))
  return element
}
