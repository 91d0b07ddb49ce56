/** The security headers of a built site: a policy for each page, and the file of headers that static hosts read. */

export interface Inline {
  /** `'sha256-…'` of inline code. */
  scripts: ReadonlySet<string>
  styleElements: ReadonlySet<string>
}

/**
 * The content security policy. Nothing comes from another host. `wasm-unsafe-eval` is for the index of the full-text
 * search, which is WebAssembly; `data:` images are the icons in style sheets.
 *
 * @param where a `<meta>` can't say who may frame a page, so only the header does
 */
export function contentSecurityPolicy({ scripts, styleElements }: Inline, where: 'header' | 'meta'): string {
  const list = (hashes: ReadonlySet<string>) => [...hashes].sort().map((hash) => ` ${hash}`)
  return [
    "default-src 'none'",
    `script-src 'self' 'wasm-unsafe-eval'${list(scripts).join('')}`,
    `style-src 'self'${list(styleElements).join('')}`,
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "worker-src 'self'",
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'self'",
    ...(where === 'header' ? ["frame-ancestors 'none'"] : []),
  ].join('; ')
}

const OTHERS = [
  'X-Content-Type-Options: nosniff',
  'X-Frame-Options: DENY',
  'Referrer-Policy: strict-origin-when-cross-origin',
  'Cross-Origin-Opener-Policy: same-origin',
  'Permissions-Policy: accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), magnetometer=(), microphone=(), midi=(), payment=(), usb=()',
]

/** `_headers`, in the format that Netlify and Cloudflare Pages read. */
export function headersFile(base: string, policy: string): string {
  return [
    `${base}*`,
    `  Content-Security-Policy: ${policy}`,
    ...OTHERS.map((header) => `  ${header}`),
    `${base}_astro/*`,
    '  Cache-Control: public, max-age=31536000, immutable',
    // Data may be read by pages of other hosts. Always asked for anew: what a list says of a file must be true of it.
    ...['api', 'data'].flatMap((folder) => [
      `${base}${folder}/*`,
      '  Access-Control-Allow-Origin: *',
      '  Cache-Control: public, max-age=0, must-revalidate',
    ]),
    `${base}*.md`,
    '  Content-Type: text/markdown; charset=utf-8',
    '',
  ].join('\n')
}
