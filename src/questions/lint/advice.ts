import {
  ADVICE_LEAD,
  ADVISED,
  CONDITION,
  NO_ORDER,
  NOT_ADVISED,
  ORDER,
  OTHER_ADVICE,
  TOLD_SCENE,
} from './words/advice.ts'

/** Advice that somebody else gave: “he said you should”. */
const REPORTED =
  /\b(?:told|said|says|asked|thought|felt|mentioned)\b[^,]*\b(?:should|needs?|must|ha(?:ve|s)|ought)\b/

/** Whether a folded sentence tells somebody what to do. `isScene`: a question follows, for which it may set the scene. */
export function tells(text: string, isAsked: boolean, isScene = false): boolean {
  const plain = ADVICE_LEAD.replace(text, '')
  if (OTHER_ADVICE.test(plain)) return !isAsked || /^(?:you need|you should)/.test(plain)
  if (isAdvised(plain) && !REPORTED.test(plain))
    return !isAsked || /^you (?:need|should|ought|must|have)\b/.test(plain)
  if (isAsked) return false
  if (isScene && TOLD_SCENE.test(plain)) return false
  const main = CONDITION.exec(plain)?.[1] ?? plain
  return [plain, main, ...plain.split(/, (?:so|then|please|but) /).slice(1)].some(isOrder)
}

function isAdvised(text: string): boolean {
  const found = ADVISED.exec(text)
  return found !== null && !NOT_ADVISED.test(text.slice(found.index))
}

function isOrder(text: string): boolean {
  return ORDER.test(text) && !NO_ORDER.test(text)
}
