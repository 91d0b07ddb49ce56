import { byText, groupBy } from './collections.ts'

/** Actions by the service that their id names: `ec2:RunInstances`, `Microsoft.Compute/disks/read`, `compute.disks.get`. */
export function byService(actions: readonly string[]): { service: string; actions: string[] }[] {
  const service = (action: string) => /^([^:/\s]+)[:/]/.exec(action)?.[1] ?? /^([^.\s][^.]*)\./.exec(action)?.[1] ?? ''
  return [...groupBy(actions, service)]
    .sort(([a], [b]) => byText(a, b))
    .map(([name, list]) => ({ service: name, actions: [...list].sort(byText) }))
}
