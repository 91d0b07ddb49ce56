/**
 * What overflows sideways can be reached with the keyboard; what doesn't is no stop for it. A table of ours that fits
 * its box needs no scroll box at all: the page scrolls it, and its header sticks below the site's header. Without this
 * script every table keeps its own scroll box.
 */
function fitTable(box: HTMLElement) {
  const table = box.querySelector('table')
  if (!table) return
  const fits = table.offsetWidth <= box.clientWidth
  box.classList.toggle('rb-fits', fits)
  reach(box, !fits)
}

function reach(element: HTMLElement, needed: boolean) {
  if (needed) element.tabIndex = 0
  else element.removeAttribute('tabindex')
}

const observer = new ResizeObserver((entries) => {
  for (const { target } of entries) {
    const element = target as HTMLElement
    if (element.matches('.rb-scroll')) fitTable(element)
    else reach(element, element.scrollWidth > element.clientWidth)
  }
})
const prose = '.sl-markdown-content :is(pre, table):not(.rb-scroll *, .expressive-code *, .rb-copy *)'
for (const element of document.querySelectorAll(`.rb-scroll, ${prose}`)) observer.observe(element)
