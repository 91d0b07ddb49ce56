/** Buttons with `data-rb-copy-link` copy the page's address, which holds what was chosen. */
document.addEventListener('click', async (event) => {
  const button = event.target instanceof Element ? event.target.closest<HTMLButtonElement>('[data-rb-copy-link]') : null
  if (!button) return
  const label = button.dataset.rbCopyLink || button.textContent || 'Copy link'
  button.dataset.rbCopyLink = label
  try {
    await navigator.clipboard.writeText(location.href)
    button.textContent = 'Copied'
  } catch {
    button.textContent = 'Copy it from the address bar'
  }
  setTimeout(() => {
    button.textContent = label
  }, 2000)
})
