import { ACTION_FIELDS, type ActionField } from './model.ts'

/** The place of what became of a note of the inbox, such as `inbox.3.becomes`. */
export function inboxPlace(path: string): { readonly noteId: number } | undefined {
  const match = /^inbox\.(\d+)\.becomes$/.exec(path)
  return match ? { noteId: Number(match[1]) } : undefined
}

/** The place of a field of an action item among the answers, such as `plan.actions.2.due`. */
export function actionPlace(
  path: string,
): { readonly item: string; readonly field: ActionField } | undefined {
  const match = /^(\w+\.\w+\.\d+)\.(\w+)$/.exec(path)
  const field = ACTION_FIELDS.find((name) => name === match?.[2])
  return match?.[1] !== undefined && field ? { item: match[1], field } : undefined
}

/** The place of what became of an earlier action item, such as `promises.7.outcome`. */
export function promisePlace(
  path: string,
): { readonly itemId: number; readonly field: string } | undefined {
  const match = /^promises\.(\d+)\.(outcome|note|to)$/.exec(path)
  return match ? { itemId: Number(match[1]), field: match[2] ?? '' } : undefined
}
