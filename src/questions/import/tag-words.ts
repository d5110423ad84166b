/**
 * Words that speak for a kind, a style or a tag of a question, in English and Spanish, without accents and marks. How a phrase
 * is written stands in `src/text/phrases.ts`.
 */
import type { AskKind, QUESTION_STYLES } from '../../model.ts'
import { type Phrases, phrases } from '../../text/phrases.ts'

/** What speaks for a kind: in the words of a question strongly or weakly, and in the heading above it. */
interface KindWords {
  readonly strong: Phrases
  readonly weak: Phrases
  readonly heading: Phrases
}

/** What speaks for each kind of question. */
export const KIND_WORDS: Readonly<Record<AskKind, KindWords>> = {
  commitment: {
    strong: phrases(`
      commit* | promis_ | how (can|could|might|do) (i|we) [_] (support|help)
        | (can|could|should) i (do|be doing|stop|start|change) | (support|help|need) [_]* from me
        | what (will|would) you [like to] take on | willing to | put aside | compromet* | compromiso
        | (apoyarte|ayudarte) | tener hech(a|o)
    `),
    weak: phrases(`
      do you want to (do|say|work|take|handle|begin|go|have) | would you like (to|me) | (have|want) done
        | priorit_ | most important | que (vas|quieres|piensas) [a] hacer | asumir
    `),
    heading: phrases(`
      commitment[s] | support | way forward | feedback for (me|you|manager) | about [the] manager
        | compromiso
    `),
  },
  obstacle: {
    strong: phrases(`
      obstacle[s] | block(ed|er|ers|ing) | blocks (you|us|it|this|them)
        | (get*|stand*) in (the|your|our|its) way | hold[s|ing] (you|us|them|your _) back | struggl_
        | frustrat_ | stuck | slow* (you|us|this|things) down | barrier[s] | roadblock[s]
        | bottleneck[s] | hard[est] (part|thing|for you|to) | make[s] (it|this) (hard|awkward|difficult)
        | difficult* | worr(y|ies|ied|ying) | derail* | obstaculo[s] | dificil* | impid_ | frena*
        | estorb_ | bloque_
    `),
    weak: phrases(`
      challenge[s] | concern[s] | stress* | afraid | fear | risk[s] | problem[s] | wrong | distract*
        | uncomfortable | awkward | avoid* | put[ting] off | drain* | confus_ | unclear | harder | wast_
        | overwhelm* | cuesta | preocup_ | miedo | complic_ | problema[s]
    `),
    heading: phrases(`
      obstacle[s] | challenge[s] | blocker[s] | roadblock[s] | problem[s] | barrier[s] | difficult*
        | concern[s] | obstaculo[s] | dificultades
    `),
  },
  sub_goal: {
    strong: phrases(`
      (next|first|small*|tiny|one) step[s] | step[s] (can|could|will|would|do) | milestone[s]
        | half[ ]way | break (it|this|that) (down|into) | sub[ ]goal[s]
        | (will|would|could|do) you (start|begin) | this week | by (tomorrow|tonight)
        | (primer|proximo|siguiente|pequeno) paso | esta semana | paso mas
    `),
    weak: phrases(`
      goal[s] | achiev_ | accomplish* | focus* | improve* | tomorrow | option[s] | step[s] | go about
        | approach | action[s] | meta | metas | objetivo[s] | manana | paso[s] | lograr
    `),
    heading: phrases(`
      goal[s] | sub[ ]goal[s] | next step[s] | action[s] | planning | objective[s] | steps | meta[s]
        | objetivo[s] | pasos
    `),
  },
  stretch: {
    strong: phrases(`
      stretch* | breakthrough | ambitio_ | bold[er|est] | dream* | magic wand
        | if you (could|had|were|knew) | if (we|money|nothing|nobody|there) (could|were|was|had)
        | years from now | in (_|{digits}) year[s] | comfort zone | never (done|tried) | not tried
        | what if (you|we|i|it|the|there|nobody|nothing|money) | potential
        | si (pudieras|tuvieras|fueras|supieras) | atrev_ | sueno
    `),
    weak: phrases(`
      imagine | suppose | imagina | supon* | learn* | grow* | develop* | new skill[s] | career | aspir_
        | opportunit_ | future | ideal | perfect | excite* | change one thing | aprender | crecer | reto
        | futuro
    `),
    heading: phrases(`
      stretch* | growth | career* | development | vision | dream[s] | aspiration[s] | future
        | possibilit_ | crecimiento | desarrollo
    `),
  },
  accountability: {
    strong: phrases(`
      accountab_ | (hold|holding) (you|me|each other|yourself) to | check[ing][ ]in
        | keep [you] on track | keep track | follow[ing] up
        | (will|would|can|could|do) (you|we|i) (know|notice|tell|measure|check)
        | (will|would|could) (tell|show) (you|us|me) | look back | remind (you|me)
        | since (we|our|you) last | since our last | report back | since last | seguimiento
        | [como] (sabras|sabremos|sabre|notaras) | rendir cuentas | te pregunte | desde la ultima
    `),
    weak: phrases(`
      progress* | on track | measur_ | last (time|session) | learned | avance[s] | revis_ | comprob_
    `),
    heading: phrases(`
      accountab_ | follow[ ]up | check[ ]in[s] | progress | review | reflection | seguimiento
        | responsabilidad
    `),
  },
}

const PARTY = `
  party = customer[s] | client[s] | buyer[s] | colleague[s] | team | peer[s] | boss | manager | partner
    | friend[s] | contact
  said = say | see | describe | feel | notice | think | answer | tell
`

/** What speaks for a style; the first that fits counts. */
export const STYLE_WORDS: readonly (readonly [(typeof QUESTION_STYLES)[number], Phrases])[] = [
  [
    'scaling',
    phrases(`
    scale (of|from) | [from] (0|1|zero|one) to (5|10|100|five|ten) | out of (10|ten) | escala de
      | del (1|uno|0) al (10|diez)
  `),
  ],
  [
    'perspective',
    phrases(
      `
    (in|from) [the|your|their] [_] (shoes|place|eyes|chair|side|point of view|perspective)
      | (what|how) (would|might|do|does|will) (the|your|a) {party} [_] {said}
      | if you were (me|them|in my|the) | desde (el|la) (punto|lado|perspectiva)
  `,
      PARTY,
    ),
  ],
  [
    'hypothetical',
    phrases(`
    ^(if (you|we|i|money|nothing|nobody|there|this|that)|imagine|suppose|picture)
    ^what if (you|we|i|it|the|there|nobody|nothing|money)
    ^let us say
    ^si (pudieras|tuvieras|fueras)
    ^(imagina|supon)
    if (you|we) (could|had|were|knew)
  `),
  ],
  [
    'next_step',
    phrases(`
    (next|first) step[s] | what will you (do|try) | by when
      | before (we|our|you) [next] (meet|talk|speak) | when will you | proximo paso | primer paso
  `),
  ],
  [
    'exploring',
    phrases(`
    ^(tell|take|walk|talk) (me|us)
    ^describe
    ^think (of|about|back)
    ^cuentame
  `),
  ],
]

/** What speaks for stages, areas and skills with these ids, where the team has them. */
export const TAG_WORDS: Readonly<
  Record<'stages' | 'areas' | 'skills', Readonly<Record<string, Phrases>>>
> = {
  stages: {
    prospect: phrases('prospecting | cold (call[s]|calling|email[s]) | first call[s] | outreach'),
    qualify: phrases('qualify* | qualified | qualification | disqualif_'),
    discover: phrases('discovery'),
    propose: phrases('proposal[s] | quotation'),
    negotiate: phrases('negotiat_ | discount[s] | procurement | concession[s]'),
    close: phrases(`
      clos(e|ing) (the|this|a) (deal|sale) | signature | ask for the (business|order|decision)
    `),
    adopt: phrases('adoption | renewal[s] | go live | after the sale | handover'),
  },
  areas: {
    lead: phrases('(this|that|the|a|each|new) (lead|deal) | leads | deal[s]'),
    skills: phrases('skill[s] | behavio[u]r[s]'),
    funnel: phrases('funnel | pipeline'),
    account: phrases('key account[s] | (this|that|your|the|an|each) account[s]'),
    territory: phrases('territor(y|ies)'),
  },
  skills: {
    preparing: phrases('prepar(e|es|ed|ing|ation) (for|before|yourself|your) | preparation'),
    questioning: phrases(`
      open question[s] | questions (do|did|will|would|could|can|might) you ask
        | ask[ing] (better|good|open|more) question[s]
    `),
    listening: phrases('listen[s|ed|ing]'),
    qualifying: phrases('qualify* | qualified | qualification | disqualif_'),
    'presenting-value': phrases(
      'value proposition | pitch[es|ing] | (your|the|next|last) (demo|presentation)',
    ),
    'handling-objections': phrases('objection[s]'),
    negotiating: phrases('negotiat_ | concession[s]'),
    'gaining-commitment': phrases(`
      ask for the (business|order|decision) | (customer|client|buyer) [to] (commit|decide)[s]
    `),
    planning: phrases(`
      time management | priorit(y|ies|ise|ize) | diary | calendar
        | plan (your|the|next) (week|day|month|quarter)
    `),
  },
}
