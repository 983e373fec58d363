/** Executables that aren't there or can't be run, in the words of runc and of the shims in front of it. */
const executable =
  /executable file not found|exec: "[^"]*": stat [^:]*: no such file or directory|exec: "[^"]*": (?:is a directory|permission denied)|exec "[^"]*": no such file|exec format error|exec [^:]+: no such file or directory/

/**
 * Whether the runtime couldn't start a container for the lack of its command (containerd: StartError,
 * dockershim: ContainerCannotRun). A missing mount says "no such file or directory" too.
 */
export function isExecutableMissing(message: string): boolean {
  return executable.test(message)
}

/** Completes "restarts because of …" for a container that the runtime couldn't start. */
export function startFailureWords(message: string): string {
  if (/exec format error/.test(message)) return 'its executable is for another architecture'
  if (/permission denied/.test(message) && executable.test(message)) return 'its executable may not be run'
  if (executable.test(message)) {
    const name = /exec:? "([^"]{1,200})"/.exec(message)?.[1]
    return name === undefined ? 'its executable isn’t in the image' : `its executable ${name} isn’t in the image`
  }
  return 'can’t be started'
}
