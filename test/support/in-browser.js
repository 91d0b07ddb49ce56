/**
 * What the browser tests run in the page. Plain JavaScript, so that no file of this project is compiled with the
 * browser's types in sight. Added to every page as `window.rolebookTest`.
 */
const text = (node) => (node?.textContent ?? '').replace(/\s+/g, ' ').trim()

/** What a screen reader says of a mark: the words, without a note. */
const markOf = (cell) => text(cell.querySelector('.sr-only')).replace(/:.*$/, '')

window.rolebookTest = {
  /** Whether a search result shows a text. */
  hasResult: (wanted) => [...document.querySelectorAll('.rb-search-results a')].some((a) => text(a).includes(wanted)),

  /** Paths of the role pages that the page's own content links to. */
  rolePaths: () => [
    ...new Set(
      [...document.querySelectorAll('main a[href*="/roles/"]')]
        .map((a) => a.pathname)
        .filter((path) => /\/roles\/[^/]+\/[^/]+\/$/.test(path)),
    ),
  ],

  /** Reads the matrices of pages as a person does, row by row and column by column. */
  readRolePages: async (paths) => {
    const pages = []
    for (const path of paths) {
      const page = new DOMParser().parseFromString(await (await fetch(path)).text(), 'text/html')
      const cells = []
      for (const table of page.querySelectorAll('main table.rb-matrix')) {
        const operations = [...table.querySelectorAll('thead th.rb-op')].map(text)
        for (const row of table.querySelectorAll('tbody tr')) {
          const head = row.querySelector('th[scope="row"]')
          if (!head) continue
          const key = text(head.querySelector('code')) || text(head)
          for (const [i, cell] of row.querySelectorAll('td.rb-cell').entries())
            cells.push({ permission: `${key}.${operations[i]}`, mark: markOf(cell) })
          for (const other of row.querySelectorAll('.rb-other')) {
            const name = text(other.querySelector('a')) || [...other.childNodes].at(-1)?.textContent?.trim() || ''
            cells.push({ permission: `${key}.${name}`, mark: markOf(other) })
          }
        }
      }
      pages.push({ path, title: text(page.querySelector('h1')), cells })
    }
    return pages
  },
}
