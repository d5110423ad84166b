import { type Day, startOf } from '../../dates/day.ts'
import type { Owner } from '../../model.ts'
import type { Context } from './context.ts'

/** From a day on, until the day before another; of one person, or of everybody. */
interface Span {
  readonly from: Day
  readonly before?: Day | undefined
  readonly personId?: number | undefined
}

/** How many action items of an owner were closed as done and as missed. */
export interface KeptPromises {
  readonly owner: Owner
  readonly done: number
  readonly missed: number
}

/** What the review counts, of people one coaches, in the archive or not. It counts what is written down, and ranks nobody. */
export interface Figures {
  /** Action items closed in a span, by whose they were. */
  followThrough(span: Span): readonly KeptPromises[]
  /** Finished conversations in which praise was asked for, and in how many of them there was some. */
  praise(span: Span): { readonly held: number; readonly praised: number }
  /** How much of the talking the person did, by the manager's own guess: how often each was said. */
  talkShares(span: Span): ReadonlyMap<string, number>
  /**
   * Of the values of a choice, those that no finished session was about: with a person, or with each. Who was coached on
   * all of them has no entry.
   */
  never(
    prompt: 'stage' | 'area',
    values: readonly string[],
    personId?: number,
  ): ReadonlyMap<number, readonly string[]>
  /** The people who have a stretch goal, or had one that was closed on a day or since. */
  stretched(since: Day): ReadonlySet<number>
}

/** By the days of closing: closed items without a bound are nearly all there are. */
const FOLLOW_THROUGH = `SELECT owner, sum(status = 'done') AS done, sum(status = 'missed') AS missed
  FROM action_item
  WHERE closed_at >= @from AND closed_at < @before AND +status IN ('done', 'missed')
    AND +person_id IN (SELECT id FROM person WHERE relation = 'report' AND (@person IS NULL OR id = @person))
  GROUP BY owner`
const HELD = `FROM session s JOIN person p ON p.id = s.person_id AND p.relation = 'report'
  WHERE s.status = 'done' AND s.held_on >= @from AND s.held_on < @before`
const HELD_WITH = `${HELD} AND s.person_id = @person`
/** Conversations by a guide that asks for no praise say nothing about it. */
const praiseOf = (held: string) =>
  `SELECT count(*) AS held, coalesce(sum(was), 0) AS praised FROM (
    SELECT max(a.state = 'answered') AS was FROM (SELECT s.id ${held}) AS t
    CROSS JOIN answer a INDEXED BY answer_praise ON a.session_id = t.id AND a.prompt = 'praise'
    GROUP BY t.id)`
const sharesOf = (held: string) => `SELECT a.value, count(*) AS n FROM (SELECT s.id ${held}) AS t
  CROSS JOIN answer a ON a.session_id = t.id AND a.prompt = 'talk_share' AND a.state = 'answered'
  WHERE a.value IS NOT NULL GROUP BY a.value`
const NEVER = `SELECT p.id AS person, v.value FROM person p CROSS JOIN json_each(@values) v
  WHERE (@person IS NULL OR p.id = @person) AND NOT EXISTS (
    SELECT 1 FROM answer a JOIN session s ON s.id = a.session_id AND s.status = 'done'
    WHERE a.person_id = p.id AND a.prompt = @prompt AND a.value = v.value AND a.kind = 'choice'
      AND a.state = 'answered')
  ORDER BY p.id, v.key`
const STRETCHED = `SELECT p.id FROM person p WHERE EXISTS (SELECT 1 FROM goal g WHERE g.person_id = p.id
  AND g.is_stretch = 1 AND (g.status = 'open' OR g.closed_at >= ?))`

/** After every day there will be. */
const EVER = '9999-99-99'

/** The figures of a notebook. */
export function figures({ db }: Context): Figures {
  const bind = ({ from, before = EVER, personId }: Span) => ({
    from,
    before,
    person: personId ?? null,
  })
  const held = ({ personId }: Span) => (personId === undefined ? HELD : HELD_WITH)
  return {
    followThrough({ from, before, personId }) {
      const span = { from: startOf(from), before: before ? startOf(before) : EVER, personId }
      return db.prepare<[object], KeptPromises>(FOLLOW_THROUGH).all(bind(span))
    },
    praise: (span) =>
      db
        .prepare<[object], { held: number; praised: number }>(praiseOf(held(span)))
        .get(bind(span)) ?? {
        held: 0,
        praised: 0,
      },
    talkShares: (span) =>
      new Map(
        db
          .prepare<[object], { value: string; n: number }>(sharesOf(held(span)))
          .all(bind(span))
          .map(({ value, n }) => [value, n]),
      ),
    never(prompt, values, personId) {
      const bound = { values: JSON.stringify(values), prompt, person: personId ?? null }
      const found = new Map<number, string[]>()
      for (const row of db.prepare<[object], { person: number; value: string }>(NEVER).all(bound)) {
        found.set(row.person, [...(found.get(row.person) ?? []), row.value])
      }
      return found
    },
    stretched: (since) =>
      new Set(db.prepare<[string], number>(STRETCHED).pluck().all(startOf(since))),
  }
}
