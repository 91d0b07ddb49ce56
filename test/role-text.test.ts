/** Roles as text to copy: nothing that a page writes gets out of its place, whatever it is. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import config from '../rolebook.config.ts'
import { identifier, roleFormats, roleText, type WrittenRole } from '../src/export/role-text.ts'
import { PLACEHOLDERS, unknownPlaceholders } from '../src/settings/placeholders.ts'
import { configSchema } from '../src/settings/schema.ts'

const role: WrittenRole = {
  name: 'Dock Pilot',
  scope: 'port',
  description: null,
  permissions: ['dock.get', 'dock.list'],
}

describe('a template', () => {
  it('is filled in with JSON values, permissions on lines of their own at its indentation', () => {
    const text = '{\n  "name": {{name}},\n    "may": {{permissions}},\n  "note": {{description}}, "id": "{{slug}}"\n}\n'
    expect(roleText({ text }, role)).toBe(
      '{\n  "name": "Dock Pilot",\n    "may": [\n      "dock.get",\n      "dock.list"\n    ],\n  "note": null, "id": "dock_pilot"\n}\n',
    )
    expect(roleText({ text: '{{permissions}}' }, { ...role, permissions: [] })).toBe('[]')
    expect(roleText({ text: '\t- {{ permissions }}' }, { ...role, permissions: ['a'] })).toBe('\t- [\n\t  "a"\n\t]')
  })

  it('keeps the braces of other programs, and never reads what it put in', () => {
    expect(roleText({ text: '{{ .Values.x }} {{{name}}} {{}}' }, role)).toBe('{{ .Values.x }} {"Dock Pilot"} {{}}')
    expect(roleText({ text: '{{name}} {{scope}}' }, { ...role, name: '{{scope}} $& $1' })).toBe(
      '"{{scope}} $& $1" "port"',
    )
  })

  it('with a placeholder that nothing fills in is an error of the config', () => {
    const parse = (text: string) => {
      const result = configSchema.safeParse({ roleTemplates: [{ id: 'a', title: 'A', text }] })
      return result.success ? null : result.error.issues.map((issue) => [issue.path.join('.'), issue.message])
    }
    expect(parse('{{permision}}')).toEqual([
      ['roleTemplates.0.text', 'nothing fills in `{{permision}}`, did you mean `{{permissions}}`?'],
    ])
    expect(parse('{{colour}}')?.[0]?.[1]).toBe(
      'nothing fills in `{{colour}}`, there are `{{name}}`, `{{slug}}`, `{{scope}}`, `{{description}}`, `{{permissions}}`',
    )
    expect(parse(PLACEHOLDERS.map((name) => `{{${name}}}`).join(' {{ .x }} '))).toBeNull()
    expect(unknownPlaceholders('{{a}}{{b}}{{a}}{{name}}')).toEqual(['a', 'b'])
  })

  it('of hostile length is read in one pass', () => {
    const text = `${'{{ '.repeat(50_000)}${' '.repeat(50_000)}${'{{a'.repeat(50_000)}`
    expect(roleText({ text }, role)).toBe(text)
  })
})

describe('an identifier', () => {
  it.each([
    ['Project Viewer', 'project_viewer'],
    ['Überblick', 'u_berblick'],
    ['3rd Party', 'role_3rd_party'],
    ['日本', 'role'],
    ['', 'role'],
    ['"; drop', 'drop'],
    ['__a__', 'a'],
  ])('of “%s” is %s', (name, expected) => expect(identifier(name)).toBe(expected))

  it('is one whatever the name', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (name) => {
        expect(identifier(name)).toMatch(/^[a-z][a-z0-9_]{0,84}$/)
      }),
    )
  })
})

const hostile = fc.string({
  unit: fc.oneof(
    fc.constantFrom(
      '$',
      '%',
      '{',
      '}',
      '"',
      '\\',
      '\n',
      '\r',
      '\b',
      '\f',
      '\t',
      '\0',
      '~',
      '/',
      '<',
      "'",
      '#',
      '\u2028',
    ),
    fc.constantFrom('\ud800', '\udc00', '😀', '\u0085', 'a'),
  ),
  maxLength: 12,
})
const written = fc.record({
  name: hostile,
  scope: hostile,
  description: fc.option(hostile, { nil: null }),
  permissions: fc.array(hostile, { maxLength: 4 }),
})
const wellFormed = (text: string) => text.toWellFormed()

describe('hostile text', () => {
  it('stays inside its JSON value', () => {
    const text = '{ "n": {{name}}, "s": {{scope}}, "d": {{description}},\n  "p": {{permissions}}, "i": "{{slug}}" }'
    fc.assert(
      fc.property(written, (one) => {
        expect(JSON.parse(roleText({ text, language: 'json' }, one))).toEqual({
          n: wellFormed(one.name),
          s: wellFormed(one.scope),
          d: one.description === null ? null : wellFormed(one.description),
          p: one.permissions.map(wellFormed),
          i: identifier(one.name),
        })
      }),
      { numRuns: 1000 },
    )
  })

  it('stays inside its HCL string, as text', () => {
    const text = 'a = {{name}}\nb = {{scope}}\nc = {{permissions}}\n'
    fc.assert(
      fc.property(written, (one) => {
        const reader = new HclReader(roleText({ text, language: 'hcl' }, one))
        expect(reader.expect('a = ').string()).toBe(wellFormed(one.name))
        expect(reader.expect('\nb = ').string()).toBe(wellFormed(one.scope))
        expect(reader.expect('\nc = ').list()).toEqual(one.permissions.map(wellFormed))
        expect(reader.expect('\n').isAtEnd).toBe(true)
      }),
      { numRuns: 3000 },
    )
  })

  it('the reader of HCL strings knows what breaks out of one', () => {
    const open = '$' + '{'
    for (const broken of [`"${open}x}"`, '"%{ if x }"', '"a\nb"', '"\\b"', '"\\ud83d"', '"a', '"$%{x}"', 'x'])
      expect(() => new HclReader(broken).string(), broken).toThrow()
    expect(new HclReader(`"$${open}x} %%{ $$$ \\u00e9\\n\\"\\\\"`).string()).toBe(`${open}x} %{ $$$ é\n"\\`)
    expect(new HclReader(`"$$${open}x}"`).string()).toBe(`$${open}x}`)
  })
})

/**
 * Quoted strings of HCL after its specification (hclsyntax, “Template Literals”), and no more of HCL. Its rules, and 4,000
 * texts of `roleText` like these, were held against hashicorp/hcl itself (compiled to JavaScript: hcl2-parser 1.0.3),
 * which is no dependency here: 4 MB, with code under MPL-2.0 inside.
 */
class HclReader {
  readonly #text: string
  #at = 0

  constructor(text: string) {
    this.#text = text
  }

  get isAtEnd(): boolean {
    return this.#at === this.#text.length
  }

  expect(literal: string): this {
    if (!this.#text.startsWith(literal, this.#at)) throw new Error(`expected ${JSON.stringify(literal)}`)
    this.#at += literal.length
    return this
  }

  string(): string {
    this.expect('"')
    let value = ''
    for (;;) {
      const rest = this.#text.slice(this.#at)
      if (rest === '' || /^[\r\n]/.test(rest)) throw new Error('the string does not end on its line')
      if (rest.startsWith('"')) {
        this.#at++
        return value
      }
      const part =
        /^\\(?:[nrt"\\]|u(?!d[89a-f])[0-9a-f]{4})/i.exec(rest)?.[0] ?? /^(?:\$\$\{|%%\{)/.exec(rest)?.[0] ?? null
      if (part === null && /^(?:\\|\$\{|%\{)/.test(rest)) throw new Error(`not literal: ${rest.slice(0, 8)}`)
      if (part === null) value += rest[0]
      else value += part.startsWith('\\') ? JSON.parse(`"${part}"`) : part.slice(1)
      this.#at += part?.length ?? 1
    }
  }

  list(): string[] {
    this.expect('[')
    const values: string[] = []
    while (!this.#text.startsWith(']', this.#at)) {
      if (values.length > 0) this.expect(',')
      this.expect('\n  ')
      values.push(this.string())
      if (this.#text.startsWith('\n]', this.#at)) this.expect('\n')
    }
    this.expect(']')
    return values
  }
}

describe('the ways to copy a role', () => {
  it('are the templates that fit its scope, a list, JSON and CSV', () => {
    const templates = config.roleTemplates ?? []
    expect(roleFormats(templates, 'project').map(({ id }) => id)).toEqual(['terraform', 'api', 'list', 'json', 'csv'])
    expect(roleFormats(templates, 'system').map(({ id }) => id)).toEqual(['list', 'json', 'csv'])
    const [terraform, api, list, json, csv] = roleFormats(templates, 'project').map((format) => format.text(role))
    expect(terraform).toBe(
      'resource "spectrocloud_role" "dock_pilot" {\n  name = "Dock Pilot"\n  type = "port"\n' +
        '  permissions = [\n    "dock.get",\n    "dock.list"\n  ]\n}\n',
    )
    expect(JSON.parse(api as string).spec).toEqual({
      permissions: ['dock.get', 'dock.list'],
      scope: 'port',
      type: 'user',
    })
    expect(list).toBe('dock.get\ndock.list\n')
    expect(JSON.parse(json as string)).toEqual(role)
    expect(csv).toBe('role,scope,permission\r\nDock Pilot,port,dock.get\r\nDock Pilot,port,dock.list\r\n')
  })

  it('write no formula into CSV', () => {
    const csv = roleFormats([], 'x').find(({ id }) => id === 'csv')
    expect(csv?.text({ ...role, name: '=1+1,"x"', permissions: ['@a'] })).toBe(
      'role,scope,permission\r\n"\'=1+1,""x""",port,\'@a\r\n',
    )
  })
})
