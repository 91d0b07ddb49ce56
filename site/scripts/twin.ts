/** Buttons with `data-rb-twin` copy the page's Markdown twin, which they name. */
document.addEventListener('click', async (event) => {
  const button = event.target instanceof Element ? event.target.closest<HTMLButtonElement>('[data-rb-twin]') : null
  const address = button?.dataset.rbTwin
  if (!button || !address) return
  const label = button.dataset.rbLabel || button.textContent || ''
  button.dataset.rbLabel = label
  const fetched = fetch(address).then((answer) => {
    if (!answer.ok) throw new Error(String(answer.status))
    return answer.text()
  })
  try {
    // A promise in the item keeps the click's permission while the text is on its way; not every browser knows that form.
    const item = () =>
      new ClipboardItem({ 'text/plain': fetched.then((text) => new Blob([text], { type: 'text/plain' })) })
    await navigator.clipboard.write([item()]).catch(async () => navigator.clipboard.writeText(await fetched))
    button.textContent = 'Copied'
    setTimeout(() => {
      button.textContent = label
    }, 2000)
  } catch {
    location.href = address
  }
})
