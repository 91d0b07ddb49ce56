import type { Code } from 'mdast'
import type { Finding } from '../../diagnostic.ts'
import type { Claim, Written } from '../claim.ts'
import { type BlockInput, defineDialect } from '../dialect.ts'
import { unrecognised } from '../finding.ts'
import { FenceOffsets } from './fence.ts'
import { commandPolicy } from './privileges.ts'

/** `kubectl create role NAME`, with its options, over lines that go on. */
const COMMAND =
  /\bkubectl[ \t]+create[ \t]+(?:cluster)?role[ \t]+["']?([\w.:-]+)["']?([ \t](?:[^\n\\;&|#]|\\\r?\n|\\)*)/g
const OPTION = /--(verb|resource|resource-name|non-resource-url)(?:=|[ \t]+)(?:"([^"\n]*)"|'([^'\n]*)'|([^\s"']+))/g

/**
 * The groups that Kubernetes' own resources are of: a command need not say them, as the cluster knows them.
 * https://kubernetes.io/docs/reference/kubernetes-api/
 */
const GROUPS: Readonly<Record<string, readonly string[]>> = {
  core: [
    ...[
      'bindings',
      'configmaps',
      'endpoints',
      'events',
      'limitranges',
      'namespaces',
      'nodes',
      'persistentvolumeclaims',
    ],
    ...[
      'persistentvolumes',
      'pods',
      'replicationcontrollers',
      'resourcequotas',
      'secrets',
      'serviceaccounts',
      'services',
    ],
  ],
  apps: ['controllerrevisions', 'daemonsets', 'deployments', 'replicasets', 'statefulsets'],
  autoscaling: ['horizontalpodautoscalers'],
  batch: ['cronjobs', 'jobs'],
  'certificates.k8s.io': ['certificatesigningrequests'],
  'coordination.k8s.io': ['leases'],
  'apiextensions.k8s.io': ['customresourcedefinitions'],
  'networking.k8s.io': ['ingressclasses', 'ingresses', 'networkpolicies'],
  policy: ['poddisruptionbudgets'],
  'rbac.authorization.k8s.io': ['clusterrolebindings', 'clusterroles', 'rolebindings', 'roles'],
  'storage.k8s.io': ['csidrivers', 'csinodes', 'storageclasses', 'volumeattachments'],
}
const GROUP_OF = new Map(
  Object.entries(GROUPS).flatMap(([group, names]) => names.map((name) => [name, group] as const)),
)

/** Roles of Kubernetes, as its command makes them. https://kubernetes.io/docs/reference/access-authn-authz/rbac/#command-line-utilities */
export default defineDialect({
  id: 'kubectl-role',
  summary: 'Commands that make roles of Kubernetes: `kubectl create role … --verb=… --resource=…`',
  block: 'code',
  examples: [
    {
      name: 'a role and a cluster role',
      mdx: '## Crews\n\n```shell\nkubectl create role watch --verb=get,list --resource=pods,deployments.apps/scale\nkubectl create clusterrole logs --verb=get \\\n  --non-resource-url=/logs/*\n```\n',
      expect: [
        'policy: apps/deployments/scale:get, apps/deployments/scale:list, core/pods:get, core/pods:list',
        'policy: /logs/*:get',
      ],
    },
  ],
  mayRead: (text) => text.includes('kubectl') && text.search(COMMAND) >= 0,
  score: ({ block }) => (commandsIn((block.node as Code).value).some(({ verbs }) => verbs.length > 0) ? 0.9 : 0),
  read(input) {
    const offsets = new FenceOffsets(input.block)
    const findings: Finding[] = []
    const claims = commandsIn((input.block.node as Code).value).flatMap((command): Claim[] => {
      const strange = command.verbs.length === 0 ? null : command.targets.find(({ id }) => id === null)
      if (strange) findings.push(ungrouped(input, offsets, strange))
      const written = command.targets.flatMap(({ id, text, at }) => {
        const span = offsets.span(at, at + text.length)
        return id === null ? [] : command.verbs.map((verb): Written => ({ text: `${id}:${verb}`, span }))
      })
      if (strange || written.length === 0) return []
      const named = {
        title: command.name,
        evidence: input.evidence(offsets.span(command.at, command.at + command.name.length)),
      }
      const policy = commandPolicy(input, { provider: 'kubernetes', policyKind: 'role-definition' }, written, named)
      return [{ ...policy, statements: policy.statements.map((one) => ({ ...one, resources: command.names })) }]
    })
    return { value: claims, findings }
  },
})

interface Target {
  /** `group/resource` or a path; `null` where the group is not known. */
  id: string | null
  text: string
  at: number
}

interface Command {
  name: string
  /** 0-based offset of the name. */
  at: number
  verbs: string[]
  targets: Target[]
  /** The names of the objects that the role is limited to. */
  names: string[]
}

function commandsIn(text: string): Command[] {
  return [...text.matchAll(COMMAND)].map(({ 0: whole, 1: name = '', 2: options = '', index }) => {
    const from = index + whole.length - options.length
    const given = [...options.matchAll(OPTION)].map((option) => {
      const value = option[2] ?? option[3] ?? option[4] ?? ''
      const at = from + option.index + option[0].lastIndexOf(value)
      const parts = [...value.matchAll(/[^,\s]+/g)].map((part) => ({ text: part[0], at: at + part.index }))
      return { kind: option[1], parts }
    })
    const partsOf = (kind: string) => given.flatMap((option) => (option.kind === kind ? option.parts : []))
    return {
      name,
      at: index + whole.lastIndexOf(name, whole.length - options.length),
      verbs: partsOf('verb').map((part) => part.text),
      names: partsOf('resource-name').map((part) => part.text),
      targets: [
        ...partsOf('resource').map((part) => ({ ...part, id: resourceId(part.text) })),
        ...partsOf('non-resource-url').map((part) => ({ ...part, id: part.text })),
      ],
    }
  })
}

/** `group/resource`, with what stands behind a slash: `deployments.apps/scale`; a resource may be written in the singular. */
function resourceId(written: string): string | null {
  const [, name = '', group, sub = ''] = /^([^./]+)(?:\.([^/]+))?(\/.*)?$/.exec(written) ?? []
  if (name === '*') return `*/*${sub}`
  if (group !== undefined) return `${group}/${name}${sub}`
  const plural = [name, `${name}s`, `${name}es`, name.replace(/y$/, 'ies')].find((form) => GROUP_OF.has(form))
  return plural === undefined ? null : `${GROUP_OF.get(plural)}/${plural}${sub}`
}

function ungrouped(input: BlockInput, offsets: FenceOffsets, { text, at }: Target): Finding {
  const message = `The command doesn't say which API group \`${text}\` is of, so the role is not in the model. Write it with its group, as \`${text}.example.com\`.`
  return unrecognised(input, offsets.span(at, at + text.length), message, ['kubectl', text])
}
