/**
 * Words and phrases for questions that ask for a result: figures, forecasts and the state of deals.
 * How well they do is measured on the labelled lines in `test/questions/lint` (`npm run figures`); how a phrase is written
 * stands in `src/text/phrases.ts`.
 */
import { phrases } from '../../../text/phrases.ts'

/** The lists that the phrases name. */
const LISTS = `
  figure = forecast[s] | quota[s] | target[s]
    | [annual|sales|your|the|our] (number|numbers)!( of| from) | pipeline[s] | funnel | revenue[s]
    | turnover | booking[s] | =<(in|your|the|on|from|to|about) commit!( to*) | commit number
    | best case | attainment | win rate[s] | close rate[s] | closing rate | conversion [rate[s]]
    | acv | arr | mrr | margin[s] | sales (result[s]|figure[s]|total[s]) | total sales
    | sales=($| to) | production | (total|deal) (value|amount) | half-year [result] | quarter
    | q(1|2|3|4) | outlook | closed-won | deal size | deal value | coverage | average deal
    | market share | gap between | new business | upsell | churn | roi | run rate | year end
    | kpi[s] | metrics | close date | [{word}] ratio | current sales
  deal = deal[s] | opportunit(y|ies) | renewal[s] | contract[s] | tender[s] | account[s]!( manager*)
    | order[s] | negotiation[s] | proposal[s]
  ended = buying | renewing | ordering | signing | close | closes | closing | closed | sign | signs
    | signed!( up*) | land | lands | landed | renew | renews | renewed | won | lost | win | winning
    | losing | concluded | come in | coming in | comes in | come through | go through
    | going through | place the order | be signed | be won | in commit | in best case
    | in the quarter | still in | still open | on track | make (plan|quota|target)
    | hit (plan|quota|target|your number|the number|goal|your goal)
    | finish the (quarter|month|year) | book | booked | slip | slipping | move to
  verb = did | will | is | are | has | have | can | could | do | does
  deal_word = it | this | that | they | we | these | those | the deal | the customer | the client
  soon = going to | still | really | finally | actually | ever | all | just | likely to | about to
    | ready to | definitely
  won_or_lost = close | closed | closing | sign | signed !(up*) | renew | renewed | renewing | buy
    | bought | buying | win | won | lose | lost | come in | came in | coming in | land | landed
    | landing | move | moved | slip | slipped | slipping | go through | gone through | make it
    | book | booked | order | ordered
  other_closing = first | last | call | meeting | conversation | loop | gap | door | shop | store
    | till | desk | seat | office | chair | question[s] | minute | list | note[s] | plan | part
  whoever = it | this | that | they | we | you | this one | that one
  will = are | is | will | have | has | going to | be | still | going | would
  amount = # | one | two | three | four | five | six | ten | _ (hundred|thousand|k)
  coming_in = close | closing | sign | signing | renew | renewing | come in | coming in | land
    | landing | order | buy | make it this | taking it home | good for [the|a] {amount}
  what_amount = what | where | how much | what figure
  landing = land | landing | sit | sitting | end up | finish | come out | come in | wind up
    | close out | coming in | closing out
  closing = close | sign | land | renew | buy | order | come in | book
  order_word = deal | order | contract | po | renewal | business | signature
  paperwork = po | purchase order | order | signature | contract | paperwork
  numbers = number[s] | month | quarter | year | sales | pipeline | funnel | forecast
  looking = looking | going | doing | shaping | coming | today | so far | this _ | now | along | up
  compared = versus | vs | relative to | compared (to|with)
  plan = plan | quota | target | number | budget | forecast | goal
  ahead = ahead | behind | on track | on target | on plan
  plan_named = plan | target | quota | the (month|quarter|year|number) | your (number|target|quota)
  standing = stand | stands | are with | are on | are at | deal[s] (is|are) | account[s] (is|are)
  standing_at = stand | at | against | in the [sales] (process|cycle|pipeline|funnel)
  state = dead | alive | live | real | done | commit | upside | best case | at risk | won | lost
    | closed | signed | in the bag | on | off
  any_deal = anything | any of (them|these|those) | something | any
  lost_or_won = lost | won | closed | signed | renewed | in the bag | a done deal | dead
  period = january | february | march | april | may | june | july | august | september | october
    | november | december | q(1|2|3|4) | last (week|month|quarter|year)
    | this (week|month|quarter|year)
  turning_out = turn out | look | looking | end | finish | close | go | going | shape up
    | shaping up | come in
  done = done | closed | signed | in | won | lost | dead | back
  deals = deals | accounts | opportunities | orders | renewals
  hitting = hit | hitting | deliver* | reach* | make | making | meet | meeting | beat | above
    | below | behind
  making = make | get | got | hit | reach | coming | come in | win | close | sign
  order_made = number | order | sale | deal | contract | target | quota
    | this (month|quarter|week|year)
  result_word = order | deal | contract | total | amount | value | spend | revenue | margin
    | result[s] | figure[s] | score | percentage | probability | odds | close date | po
  so_far = value | size | amount | total | worth | so far | to date | now | today | this _
  got_word = deal | order | signature | contract | po | purchase order | business | yes
  order_state = here | in | signed | done | through | back | closed | on track | still | real | dead
    | alive | safe | at risk | won | lost
  region = quarter | month | year | half | region | territory | north | south | east | west | store
    | shop | branch | district | number[s] | sales
  ending = do | doing | done | come out | end | ending | ended | finish | finishing | finished
    | look | looking | shaping | perform | performing | close | turn out
  selling = bring in | brought in | sell | sold | close | closed | book | booked | win | won | sign
    | signed | invoice | invoiced | bill | billed
  sales_word = sales | number[s] | target | quota | quarter | month
  that_one = that | this | the | our | your
  item = deal | contract | renewal | order | opportunity | tender | proposal | number | forecast
  news = status | state | progress | latest | update | lowdown | story | news | health
  developing = look | looks | looking | shaping | going | coming | tracking | doing | developing
    | progressing | performing
  approach = plan | approach | idea | strategy | next step | priority | focus
  is_it = is | are | will | did | does | do | can | could | has | have | was | were
  each_deal = deal[s] | they | it | this | each one | that one
  slipping = close | closing | slip | move from | land
  other_end = call | meeting | conversation | loop | gap | door | shop | store | till
  still = going to | still | really | able to
  it_or_them = it | this | that | them | the
  other_end_begins = call* | meeting* | conversation* | loop* | gap* | door* | shop* | store*
    | till*
  counted = {figure} | {deal} | {ended} | take | took | sell | sold | bring in | brought in | won
    | euros | dollars | pounds
  against = against | on | to | vs | versus | toward | towards | for
  committing = forecast* | commit[ting|ted] !(to) | calling | call | close | closed | booked | book
    | sold | sell | won | win | bring in | giving me | expect[ing] to (close|book|sell|win)
    | going to (close|book|sell)
  this_deal = this | it | that | the (deal|order|contract)
  reaching = sufficient to (reach|hit) | on track | on target | good for | hit | make | reach
    | close | sign | closed | signed
  reached = {figure} | plan | deal | contract | signature | this (month|quarter|year) | #
  report = catch | fill | brief | give | get | tell | send | submit | run | walk | take | talk [to]
    | show | let me know | report | update | bring
  outer = do you (think|reckon|believe|expect|feel) | you (think|reckon)
    | i (assume|guess|take it|suppose|trust)
    | [please] (tell me|walk me through|talk me through|show me)
    | i (would like to know|am curious|wonder|was wondering) | i am wondering | should not
    | would not
  preparing = going to | planning to | plan to | want to | get | go | make sure | close | find
    | prepare
  you_verb = do | did | will | would | can | could | have | are | were | might | should | shall
  committed_begins = forecast* | commit* | close[d]* | booke[d]* | sold* | won* | on * | with *
    | at * | stand* | expect* | doing (against|on|to)* | giving* | looking* | tracking* | calling*
    | reach* | rank* | report* | bring in* | have to (sell|close|book|win)*
    | (going|planning|expecting|likely|able) to (sell|close|book|win|land|bring|forecast)* | sell*
    | win*
  now_at = at | stand | now | got | got to
  on_it = on | with | against | in | at | for | to | versus
  figure_asked = forecast[s] | quota[s] | pipeline[s] | revenue[s] | turnover | booking[s]
    | attainment | win rate[s] | close rate[s] | closed-won | commit number | best case | in commit
    | sales target | annual target | deal (amount|size|value) | year end close | close date
    | sales cycle | percent[age]
  clarity = clear | fair | understand | motivating | comfortable | scoped | involvement | resources
  work = work | do | use | build | manage | review | clean | update | look | plan | prepare
    | go through | fill
  strong_figure = forecast | quota | pipeline | commit !(to*) | attainment | close date
    | sales target | win rate
  review = review | call | meeting | conversation | process | mean to you
`

/** The state of a deal or a figure is asked for. */
export const STATE_ASKED = phrases(
  `
  ^{verb} {deal_word} [{soon}]* {won_or_lost} !((the|your|a|my|our|this|it) {other_closing})
  ^{whoever} [{will}]* {coming_in}
  ^{what_amount} ... (you|we|they) [(will|are|do|going to|be)]* {landing} [(at|on|for|this)]*
  ^when (it|this|that|they|the {words}) (will|is going to|are going to|would) ... {closing}
  ^which way is it
  ^what (is|will be|has been) (going to |left to |likely to |due to )(close|land|come in|renew)
  (end|finish|land|close) [up] [the|this] (quarter|month|year|q(1|2|3|4))
  ^what (happened|is happening) (with|on|to) (the|your|that|this) [{word}] {deal}
  ^(did|do|have|has) (we|you|they) (get|got|have|win) (the|that|this) [_] {order_word}
  ^when (do|did|will|can) (you|we) (expect|get|see|have) [the|a|their] {paperwork}
  ^what is the (size|value|amount|total|worth) of ... ({deal}|pipeline|funnel)
  ^how (are|is) (your|the|our) {numbers} [{looking}]*$
  {compared} [the|your|our] {plan}
  gap to (plan|target|quota|goal)
  ^are (you|we) {ahead} [or (behind|ahead)] [(of|for|to hit|to make) {plan_named}]$
  (renewal|win|close|conversion|retention|churn) rate
  ^how many (meetings|calls|leads|demos) (turned|converted|became)
  ^what will (q(1|2|3|4)|the (quarter|month|year)) *
  ^what is in (the|your) (funnel|pipeline|forecast|commit)
  ^how much (is|are|was) {phrase} worth$
  ^is (it|this|that) a done deal
  where (things|we|you|it|this|that|they|each of|all of) [{phrase}] {standing}
  ^where (do|are|is|does) (you|we|it|this|that|this one|that one|they|things) {standing_at}
  against [the|your|our] (plan|quota|target|number|budget|forecast)
  ^is (it|this|that|this one|that one|the deal) [still|really] {state}
  ^(has|have|did|is|are) {any_deal} [(deal[s]|else|big|new|of _)] (slip*|clos*|sign*|land*)
  ^what (is|are) (the|your|its|our) (odds|probability|chance[s]|likelihood)
  ^can (i|we) (count on|bank on|rely on|call (it|this)|commit|forecast|put (it|this))
  ^(what|which) stage (is|are) !(your*) {phrase} (at|in) [now]$
  miss[ing] (your|the|our|their|his|her) (number|quota|target|plan|forecast|goal)
  (this|it|that) [one] [not] have (closed|signed|landed|renewed)
  ^(we|they|you|it|this|that|this one|that one) [(have|has|are|is|did)] [not] {lost_or_won}
  ^how (did|is|was|will) {period} [_]* {turning_out}
  ^(the|your|our|that|this) [{word}]{0,2} {deal} (is|are|was) {done}
  how (your|the|our) {figure} ... (look[s]|looking|shaping|going|coming|tracking)
  ^(which|how many) [of] [your|the|our] [top|open|big|late] {deals}
  ^is (it|this|that) (commit|in commit|best case|at risk|won|lost)
  ^how (it looks|is it looking|does it look|are we looking) (with|on|for)
  ^(are|is|will|did|do|have|has) ... {hitting} ... (target[s]|quota[s]|plan|number|goal)
  ^(you|we|they|the (order|deal|contract|sale)) ... {making} ... {order_made}
  ^(what|which) (is|was|were|will be|would be) [the|your|our|its|their] [_] {result_word} [{so_far}]$
  ^where (is|are) (every|each|all|the|this|that|our|your) [_] {deal}*
  ^(have|has|do|did) (we|you|they) (got|have|get|win|land) (a |the |it|that|this|){got_word}
  ^is the (purchase order|po|order|contract|deal|signature|money|paperwork) {order_state}
  ^has (it|this|that|the _) (advanced|progressed|moved)
  advanced a stage
  has the [close] date moved
  ^how (did|is|was|are|were|has|have) [the|your|our|this|last]* {region} [_]* {ending}
  ^(month|quarter|year|week) to date
  ^who is (behind|ahead|on top|leading|winning|on target|off target)
  ^how far (off|short|behind|ahead)
  come to$
  ^are (we|you) there [yet]
  is that a (yes|no)
  ^(what|how much) (did|have|will|do) (you|we|they) {selling}
  ^what value ... book
  leave on the table
  left on the table
  ^how (big|large|far|much) ... (gap|short|behind|ahead|off target|over target|under)
  ^how many are (you|we) (out|short|at|on|up|down)
  (we|you|they) (doing|looking|tracking) (for|on|in|against) ... {sales_word}
  ^(where|how far)[abouts] (is|does|are) {that_one} [_] {item} [_] (at|stand|now|sit)
  (where|how) (does|do) it stand
  where we stand on
  where [the|that|your|our] ({phrase}|)({deal}|{figure})({phrase}|) stand[s]
  ^where (are|is|do|does|have) (we|you|things|the|this|that|our|your|my) ... {deal}
  (going on|happening|up|new|wrong|next) (with|on) (this|the|that|your|our) [{word}] {deal}
  {news} (of|on|with|about|in) ... ({deal}|{figure})
  ^(how|in what (shape|state)) (is|are|does|do|was|were) ... ({figure}|{deal}) ... {developing}
  ^in what (shape|state) (is|are) ...{figure}*
  ^what (is|are|was|were) (the|your|our|his|her|their) !({approach}) [{word}]{0,3} {figure}
  ^what (is|does|will) [the] rest of the (quarter|year|month)
  ^{is_it}!(... (how|what)) ... {each_deal} [_]{0,2} {slipping} !((the|your|a) {other_end}*)
  ^(are|will|can) (we|they|you) [{still}]* (close|win|land|lose) {it_or_them} !({other_end_begins})
  ^(what|which|how) [_] ({figure}|percentage|percent|share) (are|is|have|has|did|do|does|will|of)
  ^how (much|many|far|large|big|close|likely) ... {counted}
  ^how (are|is|did|do) (you|we) [_] {against} [the|your|our] {figure}
  ^what (are|were|did|will|have|do|can) you {committing}
  ^what (is|was) {phrase} worth
  ^what can you report about ... ({deal}|progress)
  ^[what is the] [current] status( of*| on*|$)
  ^any (closed-won|deal[s]|order[s]|win[s]|sales)
  ^{figure} (in|for|this|so far|to date)
  ^[and] {phrase}, what is the latest
  what is the (latest|story|deal|news|state|status|update) (on|with|of|about|for)
  ^when (do|does|did|will|is|are|can) !(he|she|you|i) ... ({ended}|received|approved|paid)
  (likelihood|probability|odds|chance[s]) (of|that)
  ^how do you rank
  by (what date|when) (will|does|do|is) ... (order|sign|close|contract|deal|decide)
  ^(will|are|did|can|have) you [going to|able to] (close|sell|win|sign|book) {this_deal}
  ^(will|are|did|have|do|can|is|reckon|think) [you|we|your|our] [_]* {reaching} ...{reached}*
  (have|has|got) ... the (signature|order|contract)
  still on for ... close
`,
  LISTS,
)

/** A request that may be for a result: “update me on the pipeline”. */
export const RESULT_REQUESTED = phrases(
  `
  ^[please|just|go on then[,]]* {report} [me|us] ... ({figure}|{deal})
  (update|brief|catch) me [up] on ... ({figure}|{deal})
  ^let us (go through|look at|review|run through) (your|the) {figure}
`,
  LISTS,
)

/** Figures that belong to what the person does. */
export const OWN_DOING = phrases(
  `
  call[s] | visit[s] | meeting[s] | conversation[s] | one-to-ones | email[s] | demo[s] | question[s]
    | people | hours | minutes | times | days | patients | ticket[s] | years
    | customers have you (called|met|visited)
`,
  LISTS,
)

/** What only introduces the question: “do you think we'll win it”. */
export const OUTER = phrases(
  `
  ^{outer} [that] *
`,
  LISTS,
)

/** “How do you want to open the renewal meeting?” */
export const HOW_THEY_DO = phrases(
  `
  ^how (are|will|would|can|could|do|did|might) (you|we) {preparing}
`,
  LISTS,
)

/** “What will you do about it?” */
export const WHAT_THEY_DO = phrases(
  `
  ^[and] [in|for|with|at] (what|how|which) [{word}]{0,3} {you_verb} (you|we) !({committed_begins})
`,
  LISTS,
)

/** What makes a request one for a result. */
export const RESULT_NAMED = phrases(
  `
  {figure} | lowdown on | where (we|the|that|it|things) ... stand[s] | status | update on
    | (update|brief) me on | up on | me in on | where we (are|stand)
`,
  LISTS,
)

/** “Where are we on Hollis?”, “What's the latest on Kaya Foods?” Whether a name follows is looked at apart. */
export const ABOUT_NAME = phrases(
  `
  ^any (movement|progress|news|update|word|change) (on|with|from)
  where (things|we|you|it) (stand|are) (on|with)
  ^any luck with
  ^(where|how far)[abouts] (are|do|have|is|stand) (we|things) [{now_at}]* {on_it}
  (status|progress|latest|update|lowdown|story) (of|on|with|about)
  what is the [_] (latest|story|status|state)
`,
  LISTS,
)

/** Figures that a yes or no question asks for. */
export const ASKS_FIGURE = phrases(
  `
  {figure_asked}!(... {clarity})
`,
  LISTS,
)

/** Whoever asks about one of these asks for the figure in it, unless they ask what the person does. */
export const STRONG_FIGURE = phrases(
  `
  ^!(... you {work})... (your|the|our|their|this|his|her) [_] {strong_figure}!(... {review})
`,
  LISTS,
)

/** Days and times by which a deal may end. */
export const UNTIL = phrases(
  `
  quarter | month | year | year end | easter | christmas | summer | _day | week | end of | thirtieth
    | q(1|2|3|4) | january | february | march | april | may | june | july | august | september
    | october | november | december
`,
  LISTS,
)

/** A deal comes to its end, or a figure is reached. */
export const ENDS = phrases(
  `
  {ended}
  certain for
  good for
  place the order
  sufficient to
`,
  LISTS,
)

/** What can come to an end. */
export const ABOUT_DEAL = phrases(
  `
  deal[s] | contract | order | renewal | opportunity | target | quota | plan | number | commit
    | forecast | signature | tender | sale | proposal
`,
  LISTS,
)

/** The end of a deal that is called by the name of the customer. */
export const ENDED_BY_NAME = phrases(
  `
  won | lost | sign | signed | signing | order | ordered | ordering | buy | bought | buying
    | renewing | safe | renew | renewed | close | closed | still open | losing | winning | in or out
`,
  LISTS,
)
