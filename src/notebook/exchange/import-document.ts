/** What it takes to read a notebook from a file, loaded when something is imported. */
export { readDocument } from './document.ts'
export { fillNew } from './exchange.ts'
export type { Plan } from './merge-plan.ts'
export { stageOf, type Stage } from './staging.ts'
