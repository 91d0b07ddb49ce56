/** Boxes that open over the page close with Escape and with a click elsewhere. */
for (const menu of document.querySelectorAll<HTMLDetailsElement>('details[data-rb-menu]')) {
  menu.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || !menu.open) return
    menu.open = false
    menu.querySelector('summary')?.focus()
  })
  document.addEventListener('click', ({ target }) => {
    if (target instanceof Node && !menu.contains(target)) menu.open = false
  })
}
