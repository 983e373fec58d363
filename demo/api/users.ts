import type { Verb } from './api-request.ts'
import type { Resource } from './resource.ts'
import { type Refusal, refusal } from './status.ts'

/** One rule of a Role: what is not allowed by any rule is refused. */
export interface UserRule {
  /** `*` for all; default all. */
  readonly apiGroups?: readonly string[]
  readonly resources: readonly string[]
  /** Default get, list, watch. */
  readonly verbs?: readonly string[]
  /** As by RoleBindings: only in these namespaces. Absent: a ClusterRoleBinding. */
  readonly namespaces?: readonly string[]
}

export interface DemoUser {
  readonly name: string
  token: string
  rules: readonly UserRule[]
}

/** Bearer tokens and what they may do. Without any user everybody may do everything, as on a plain demo. */
export class Users {
  readonly all: DemoUser[]

  constructor(users: readonly DemoUser[]) {
    this.all = users.map((user) => ({ ...user }))
  }

  find(name: string): DemoUser | undefined {
    return this.all.find((user) => user.name === name)
  }

  /** The user of an Authorization header; a refusal (401) where there is none. */
  authenticate(authorization: string | undefined): DemoUser | null | Refusal {
    if (this.all.length === 0) return null
    const token = /^Bearer\s+(\S+)$/i.exec(authorization ?? '')?.[1]
    return this.all.find((user) => user.token === token && user.token !== '') ?? refusal(401, 'Unauthorized')
  }
}

/** Null: allowed. The text is that of k/k's RBAC authorizer, as kubectl prints it. */
export function forbid(
  user: DemoUser | null,
  verb: Verb,
  resource: Resource,
  namespace: string,
  name: string,
  subresource = '',
): Refusal | null {
  const asked = subresource === '' ? resource.plural : `${resource.plural}/${subresource}`
  if (!user || user.rules.some((rule) => allows(rule, verb, resource.group, asked, namespace))) return null
  const where = namespace === '' ? 'at the cluster scope' : `in the namespace "${namespace}"`
  const subject = name === '' ? resource.plural : `${resource.plural} "${name}"`
  const qualified =
    resource.group === '' ? subject : subject.replace(resource.plural, `${resource.plural}.${resource.group}`)
  return refusal(
    403,
    `${qualified} is forbidden: User "${user.name}" cannot ${verb} resource "${asked}" in API group "${resource.group}" ${where}`,
    {
      details: {
        ...(name !== '' && { name }),
        ...(resource.group !== '' && { group: resource.group }),
        kind: resource.plural,
      },
    },
  )
}

function allows(rule: UserRule, verb: Verb, group: string, resource: string, namespace: string): boolean {
  return (
    includes(rule.apiGroups ?? ['*'], group) &&
    includes(rule.resources, resource) &&
    includes(rule.verbs ?? ['get', 'list', 'watch'], verb) &&
    (rule.namespaces === undefined || rule.namespaces.includes(namespace))
  )
}

function includes(allowed: readonly string[], value: string): boolean {
  return allowed.includes('*') || allowed.includes(value)
}
