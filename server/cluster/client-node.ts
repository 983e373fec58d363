import { registerHooks } from 'node:module'

/*
 * Of client-node only KubeConfig is used: files, contexts, certificates, exec plugins, OIDC. Its module
 * also imports the generated client for every API of Kubernetes, which would take 50 MB of memory and
 * half a second of each start; that one import is answered with something empty.
 * (KubeConfig.makeApiClient, which needs it, is not to be called.)
 */
const hooks = registerHooks({
  resolve(specifier, context, next) {
    const isGenerated =
      specifier === './gen/index.js' && context.parentURL?.endsWith('/@kubernetes/client-node/dist/config.js')
    if (!isGenerated) return next(specifier, context)
    const url = 'data:text/javascript,export const createConfiguration = null, ServerConfiguration = null'
    return { url, format: 'module', shortCircuit: true }
  },
})
const { KubeConfig } = await import('@kubernetes/client-node/dist/config.js')
hooks.deregister()

type KubeConfig = InstanceType<typeof KubeConfig>

export { KubeConfig }
