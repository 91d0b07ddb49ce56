/** A way to write a role for another program, as the config gives it. */
import * as z from 'zod'
import { nearest } from '../text.ts'
import { PLACEHOLDERS, unknownPlaceholders } from './placeholders.ts'

/** `{{name}}`, `{{slug}}`, `{{scope}}`, `{{description}}` and `{{permissions}}`, each as JSON. */
export const roleTemplate = z.strictObject({
  id: z.string().regex(/^[a-z][a-z0-9-]*$/, 'lower-case letters, digits and hyphens'),
  title: z.string().min(1),
  language: z.string().optional().describe('For highlighting: `hcl`, `json`.'),
  extension: z
    .string()
    .regex(/^[a-z0-9]+$/)
    .optional()
    .describe("Ending of the file's name: `tf`."),
  scopes: z.array(z.string()).optional().describe('Scopes of the roles that it fits; all without it.'),
  text: z
    .string()
    .superRefine((text, context) => {
      for (const name of unknownPlaceholders(text)) {
        const meant = nearest(name, PLACEHOLDERS)
        const hint = meant
          ? `did you mean \`{{${meant}}}\`?`
          : `there are ${PLACEHOLDERS.map((known) => `\`{{${known}}}\``).join(', ')}`
        context.addIssue({ code: 'custom', message: `nothing fills in \`{{${name}}}\`, ${hint}` })
      }
    })
    .describe(
      'The text of one role, with `{{name}}`, `{{slug}}`, `{{scope}}`, `{{description}}`, `{{permissions}}` in it.',
    ),
  file: z
    .strictObject({
      name: z.string().regex(/^[A-Za-z0-9][\w.-]*$/, 'letters, digits, ".", "_" and "-" only'),
      head: z.string().optional().describe('What stands before the roles, such as what a module requires.'),
    })
    .optional()
    .describe('One file that holds all roles in the export: `roles.tf`. Without it, each role is a file of its own.'),
})

export type RoleTemplate = z.infer<typeof roleTemplate>
