import { ASK_KINDS, type AskKind, type QUESTION_STYLES } from '../../model.ts'
import type { Vocabulary } from '../bank/schema.ts'
import type { Listed } from './entry.ts'
import { foldWords } from '../bank/similar.ts'

/** What speaks for a kind: in the words of a question strongly or weakly, and in the heading above it. */
const KIND_HINTS: Readonly<
  Record<AskKind, readonly [strong: RegExp, weak: RegExp, heading: RegExp]>
> = {
  commitment: [
    /\b(commit\w*|promis\w+|how (can|could|might|do) (i|we) (\w+ )?(support|help)|(can|could|should) i (do|be doing|stop|start|change)|(support|help|need) (\w+ )*from me|what (will|would) you (like to )?take on|willing to|put aside|compromet\w*|compromiso|(apoyarte|ayudarte)|tener hech\w)\b/,
    /\b(do you want to (do|say|work|take|handle|begin|go|have)|would you like (to|me)|(have|want) done|priorit\w+|most important|que (vas|quieres|piensas) (a )?hacer|asumir)\b/,
    /\b(commitments?|support|way forward|feedback for (me|you|manager)|about (the )?manager|compromiso)\b/,
  ],
  obstacle: [
    /\b(obstacles?|block(ed|er|ers|ing)|blocks (you|us|it|this|them)|(get\w*|stand\w*) in (the|your|our|its) way|hold(s|ing)? (you|us|them|your \w+) back|struggl\w+|frustrat\w+|stuck|slow\w* (you|us|this|things) down|barriers?|roadblocks?|bottlenecks?|hard(est)? (part|thing|for you|to)|makes? (it|this) (hard|awkward|difficult)|difficult\w*|worr(y|ies|ied|ying)|derail\w*|obstaculos?|dificil\w*|impid\w+|frena\w*|estorb\w+|bloque\w+)\b/,
    /\b(challenges?|concerns?|stress\w*|afraid|fear|risks?|problems?|wrong|distract\w*|uncomfortable|awkward|avoid\w*|put(ting)? off|drain\w*|confus\w+|unclear|harder|wast\w+|overwhelm\w*|cuesta|preocup\w+|miedo|complic\w+|problemas?)\b/,
    /\b(obstacles?|challenges?|blockers?|roadblocks?|problems?|barriers?|difficult\w*|concerns?|obstaculos?|dificultades)\b/,
  ],
  sub_goal: [
    /\b((next|first|small\w*|tiny|one) steps?|steps? (can|could|will|would|do)|milestones?|half ?way|break (it|this|that) (down|into)|sub ?goals?|(will|would|could|do) you (start|begin)|this week|by (tomorrow|tonight)|(primer|proximo|siguiente|pequeno) paso|esta semana|paso mas)\b/,
    /\b(goals?|achiev\w+|accomplish\w*|focus\w*|improve\w*|tomorrow|options?|steps?|go about|approach|actions?|meta|metas|objetivos?|manana|pasos?|lograr)\b/,
    /\b(goals?|sub ?goals?|next steps?|actions?|planning|objectives?|steps|metas?|objetivos?|pasos)\b/,
  ],
  stretch: [
    /\b(stretch\w*|breakthrough|ambitio\w+|bold(er|est)?|dream\w*|magic wand|if you (could|had|were|knew)|if (we|money|nothing|nobody|there) (could|were|was|had)|years from now|in (\w+|\d+) years?|(comfort zone)|never (done|tried)|not tried|what if (you|we|i|it|the|there|nobody|nothing|money)|potential|si (pudieras|tuvieras|fueras|supieras)|atrev\w+|sueno)\b/,
    /\b(imagine|suppose|imagina|supon\w*|learn\w*|grow\w*|develop\w*|new skills?|career|aspir\w+|opportunit\w+|future|ideal|perfect|excite\w*|change one thing|aprender|crecer|reto|futuro)\b/,
    /\b(stretch\w*|growth|career\w*|development|vision|dreams?|aspirations?|future|possibilit\w+|crecimiento|desarrollo)\b/,
  ],
  accountability: [
    /\b(accountab\w+|(hold|holding) (you|me|each other|yourself) to|check(ing)? ?in|keep (you )?on track|keep track|follow(ing)? up|(will|would|can|could|do) (you|we|i) (know|notice|tell|measure|check)|(will|would|could) (tell|show) (you|us|me)|look back|remind (you|me)|since (we|our|you) last|since our last|report back|since last|seguimiento|(como )?(sabras|sabremos|sabre|notaras)|rendir cuentas|te pregunte|desde la ultima)\b/,
    /\b(progress\w*|on track|measur\w+|last (time|session)|learned|avances?|revis\w+|comprob\w+)\b/,
    /\b(accountab\w+|follow ?up|check ?ins?|progress|review|reflection|seguimiento|responsabilidad)\b/,
  ],
}

const STYLE_HINTS: readonly (readonly [(typeof QUESTION_STYLES)[number], RegExp])[] = [
  [
    'scaling',
    /\b(scale (of|from)|(from )?(0|1|zero|one) to (5|10|100|five|ten)|out of (10|ten)|escala de|del (1|uno|0) al (10|diez))\b/,
  ],
  [
    'perspective',
    /\b((in|from) (the |your |their )?(\w+ )?(shoes|place|eyes|chair|side|point of view|perspective)|(what|how) (would|might|do|does|will) (the|your|a) (customers?|clients?|buyers?|colleagues?|team|peers?|boss|manager|partner|friends?|contact) (\w+ )?(say|see|describe|feel|notice|think|answer|tell)|if you were (me|them|in my|the)|desde (el|la) (punto|lado|perspectiva))\b/,
  ],
  [
    'hypothetical',
    /^(if (you|we|i|money|nothing|nobody|there|this|that)|imagine|suppose|picture|what if (you|we|i|it|the|there|nobody|nothing|money)|let us say|si (pudieras|tuvieras|fueras)|imagina|supon)\b|\bif (you|we) (could|had|were|knew)\b/,
  ],
  [
    'next_step',
    /\b((next|first) steps?|what will you (do|try)|by when|before (we|our|you) (next )?(meet|talk|speak)|when will you|proximo paso|primer paso)\b/,
  ],
  [
    'exploring',
    /^(tell (me|us)|walk (me|us)|talk (me|us)|describe|think (of|about|back)|take (me|us)|cuentame|describe)\b/,
  ],
]

/** What the words of a question say about stages, areas and skills with these ids, where the team has them. */
const TAG_HINTS: Readonly<Record<'stages' | 'areas' | 'skills', Readonly<Record<string, RegExp>>>> =
  {
    stages: {
      prospect: /\b(prospecting|cold (calls?|calling|emails?)|first calls?|outreach)\b/,
      qualify: /\b(qualify\w*|qualified|qualification|disqualif\w+)\b/,
      discover: /\bdiscovery\b/,
      propose: /\b(proposals?|quotation)\b/,
      negotiate: /\b(negotiat\w+|discounts?|procurement|concessions?)\b/,
      close:
        /\b(clos(e|ing) (the|this|a) (deal|sale)|signature|ask for the (business|order|decision))\b/,
      adopt: /\b(adoption|renewals?|go live|after the sale|handover)\b/,
    },
    areas: {
      lead: /\b((this|that|the|a|each|new) (lead|deal)|leads|deals?)\b/,
      skills: /\b(skills?|behaviou?rs?)\b/,
      funnel: /\b(funnel|pipeline)\b/,
      account: /\b(key accounts?|(this|that|your|the|an|each) accounts?)\b/,
      territory: /\bterritor(y|ies)\b/,
    },
    skills: {
      preparing: /\bprepar(e|es|ed|ing|ation) (for|before|yourself|your)\b|\bpreparation\b/,
      questioning:
        /\b(open questions?|questions (do|did|will|would|could|can|might) you ask|ask(ing)? (better|good|open|more) questions?)\b/,
      listening: /\blisten(s|ed|ing)?\b/,
      qualifying: /\b(qualify\w*|qualified|qualification|disqualif\w+)\b/,
      'presenting-value':
        /\b(value proposition|pitch(es|ing)?|(your|the|next|last) (demo|presentation))\b/,
      'handling-objections': /\bobjections?\b/,
      negotiating: /\b(negotiat\w+|concessions?)\b/,
      'gaining-commitment':
        /\b(ask for the (business|order|decision)|(customer|client|buyer) (to )?(commit|decide)s?)\b/,
      planning:
        /\b(time management|priorit(y|ies|ise|ize)|diary|calendar|plan (your|the|next) (week|day|month|quarter))\b/,
    },
  }

/**
 * The tags that the words of a question and of its heading speak for; those that it has already stay. Nothing is tagged
 * on weak signs but the kind, without which a question is never offered.
 */
export function tagQuestion(question: Listed, vocabulary: Vocabulary): Listed {
  const words = foldWords(question.text).join(' ')
  const heading = foldWords(question.section).join(' ')
  const kinds = question.kinds?.length ? question.kinds : kindsOf(words, heading)
  const style = question.style ?? STYLE_HINTS.find(([, hint]) => hint.test(words))?.[0]
  const { stages = [], areas = [], skills = [] } = question
  const tagged = { stages, areas, skills }
  for (const what of ['stages', 'areas', 'skills'] as const) {
    if (tagged[what].length > 0) continue
    tagged[what] = vocabulary[what]
      .filter(({ id, title }) => {
        const titleWords = foldWords(title).join(' ')
        const hint = TAG_HINTS[what][id] ?? wholeWords(titleWords)
        return hint.test(words) || heading === titleWords || heading === foldWords(id).join(' ')
      })
      .map(({ id }) => id)
  }
  return { ...question, ...tagged, kinds: [...kinds], ...(style ? { style } : {}) }
}

function kindsOf(words: string, heading: string): readonly AskKind[] {
  const scores = ASK_KINDS.map((kind) => {
    const [strong, weak, above] = KIND_HINTS[kind]
    const said = (strong.test(words) ? 3 : 0) + (weak.test(words) ? 2 : 0)
    return { kind, score: said + (above.test(heading) ? 1 : 0), isStrong: strong.test(words) }
  }).toSorted((a, b) => b.score - a.score)
  const [first, second] = scores
  if (!first || !second || first.score === 0) return []
  return first.isStrong && second.isStrong ? [first.kind, second.kind] : [first.kind]
}

function wholeWords(words: string): RegExp {
  return words.length < 4 ? /$^/ : new RegExp(`\\b${words}\\b`)
}
