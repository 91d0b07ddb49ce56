/** Where a line of the documentation's source can be edited. */
export function editAddress(template: string | null, { path, line }: { path: string; line: number }): string | null {
  if (template === null) return null
  const encoded = path.split('/').map(encodeURIComponent).join('/')
  return template.replaceAll('{path}', () => encoded).replaceAll('{line}', String(line))
}
