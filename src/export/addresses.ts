/** Addresses that a site's config gives: where it stands, and where a line of its source can be edited. */

/** What is wrong with the addresses of a config, as the rest of a sentence about it; `null` where nothing is. */
export function addressProblem({ url, editUrl }: { url: string | null; editUrl: string | null }): string | null {
  if (url !== null && !/^https?:\/\/[^/?#]+\/*$/i.test(url))
    return `\`site.url\` is ${url}: give the scheme and the host alone (\`https://docs.example.com\`), and the path in \`site.base\`.`
  if (editUrl !== null && (!/^https?:\/\/[^/{}]+\//i.test(editUrl) || !editUrl.includes('{path}')))
    return `\`site.editUrl\` is ${editUrl}: give an address that begins with \`https://\` and has \`{path}\` in it.`
  return null
}
