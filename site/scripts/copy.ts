/** Buttons with `data-rb-copy` copy the code block that stands beside them. */
document.addEventListener('click', async (event) => {
  const button = event.target instanceof Element ? event.target.closest<HTMLButtonElement>('[data-rb-copy]') : null
  const code = button?.parentElement?.querySelector('pre')
  if (!button || !code) return
  const label = button.dataset.rbCopy || button.textContent || 'Copy'
  button.dataset.rbCopy = label
  let said = 'Copied'
  try {
    await navigator.clipboard.writeText(code.textContent ?? '')
  } catch {
    // No clipboard without https or permission: select it, so that one key press is left to do.
    getSelection()?.selectAllChildren(code)
    said = 'Selected: press Ctrl+C'
  }
  button.textContent = said
  setTimeout(() => {
    button.textContent = label
  }, 2000)
})
