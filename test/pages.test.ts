/** Documentation pages for the site: each permission block of `content/` is shown from the dataset. */
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { analyse } from '../src/analyse.ts'
import { renderPages } from '../src/export/pages/render.ts'
import { resolveSettings } from '../src/settings/defaults.ts'
import { readFolder } from './support/analysis.ts'
import { ROOT } from './support/shared.ts'

const settings = resolveSettings()
const analysis = analyse(readFolder(join(ROOT, 'content/latest')), settings, 'latest')
const pages = renderPages(analysis, settings, '/')

function kindsOf(slug: string): string[] {
  const page = pages.find((candidate) => candidate.slug === slug)
  return (page?.segments ?? []).map((segment) => segment.kind).filter((kind) => kind !== 'html')
}

describe('documentation pages', () => {
  it('show each role, catalogue, mapping, policy and table of actions as a view', () => {
    expect(kindsOf('user-management/project-roles')).toEqual(Array(30).fill('role'))
    expect(kindsOf('user-management/tenant-roles')).toEqual(Array(10).fill('role'))
    expect(kindsOf('user-management/resource-roles')).toEqual(['catalogue', ...Array(6).fill('role')])
    expect(kindsOf('user-management/permissions')).toEqual(['resources'])
    expect(kindsOf('vm-management/vm-roles')).toEqual(['mappings'])
    expect(kindsOf('system-management/account-management')).toEqual(['actions'])
    expect(kindsOf('clusters/aws/required-iam-policies')).toEqual(Array(11).fill('policy'))
    expect(kindsOf('clusters/cloudstack/required-permissions')).toEqual(['policy', 'policy'])
  })

  it('leave no mark of a table as text', () => {
    const html = pages
      .flatMap((page) => page.segments.map((segment) => (segment.kind === 'html' ? segment.html : '')))
      .join('')
    expect(html).not.toMatch(/:white_check_mark:|:x:|√|✅/)
  })
})
