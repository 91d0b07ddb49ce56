import * as z from 'zod'

/** A list whose items' ids are each used once: of two, one would be read as the other. */
export function listed<T extends z.ZodType<{ id: string }>>(item: T) {
  return z.array(item).superRefine((items, context) => {
    const first = new Map<string, number>()
    for (const [i, { id }] of items.entries()) {
      if (first.has(id))
        context.addIssue({
          code: 'custom',
          path: [i, 'id'],
          message: `\`${id}\` is the id of number ${(first.get(id) as number) + 1} of the list, too`,
        })
      else first.set(id, i)
    }
  })
}
