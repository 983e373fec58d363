// STUB
import type { Node } from '../model/node.ts'
import type { Problem } from './problem.ts'
export function nodeProblems(_node: Node, _now: number): readonly Problem[] { return [] }
