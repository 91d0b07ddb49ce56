/** Sentences of a made product's documentation. */
import type { Random } from './random.ts'

const words = (text: string) => text.trim().split(/\s+/)

const THINGS = words(`
  cluster node pool gateway region account workspace image registry volume snapshot backup schedule certificate proxy tunnel
  agent controller manifest chart template variable secret token endpoint route subnet firewall bucket queue topic worker
  pipeline release channel environment host machine disk interface address domain record zone balancer probe alert metric
  dashboard log trace event report plan budget quota label annotation namespace deployment service replica job task script
  package module driver plugin kernel daemon session user group team project tenant role policy rule permission audit`)
const VERBS = words(`
  create deploy upgrade restart drain scale register connect configure verify import export attach detach rotate restore
  schedule monitor inspect validate provision publish enable disable review remove rename migrate synchronise pause resume`)
const ADJECTIVES = words(`
  new existing default shared private public regional managed remote local virtual dedicated idle healthy stale encrypted
  temporary optional required additional secondary primary empty large small internal external custom standard`)
const PLACES = words('console terminal dashboard sidebar menu settings wizard drawer overview editor')
const KEYS = words(`
  name namespace replicas image version region endpoint timeout interval retries enabled size type class labels selector
  template storage memory cpu port protocol host path mode level format source target owner strategy retention schedule`)
const TAILS = [
  'before you continue',
  'when the first attempt fails',
  'as soon as the status turns green',
  'without a restart',
  'in every region that you use',
  'while other changes are under way',
  'after the next maintenance window',
  'so that later steps find it',
  'unless another team owns it',
  'each time the schedule fires',
]

export class Words {
  readonly random: Random

  constructor(random: Random) {
    this.random = random
  }

  thing(): string {
    return this.random.pick(THINGS)
  }

  verb(): string {
    return this.random.pick(VERBS)
  }

  adjective(): string {
    return this.random.pick(ADJECTIVES)
  }

  key(): string {
    return this.random.pick(KEYS)
  }

  /** `gateway-probe-7`. */
  name(): string {
    return `${this.thing()}-${this.thing()}-${this.random.int(1, 99)}`
  }

  /** What stands between backticks in running text. */
  code(): string {
    const { random } = this
    return random.pick([
      () => `--${this.key()}`,
      () => `${this.key()}_${this.key()}`.toUpperCase(),
      () => `/etc/${this.thing()}/${this.key()}.conf`,
      () => this.name(),
      () => `${this.key()}: ${random.chance(0.5) ? 'true' : random.int(1, 90)}`,
      () => `skiff ${this.verb()} ${this.thing()}`,
      () => `${random.int(1, 9)}.${random.int(0, 20)}.${random.int(0, 9)}`,
    ])()
  }

  /** A heading or a label: `Upgrade a Private Gateway`. */
  title(): string {
    const [verb, adjective, thing] = [this.verb(), this.adjective(), this.thing()].map(capital)
    return `${verb} the ${adjective} ${thing}`
  }

  /** One sentence; `more` gives what else may stand in it, such as a link. */
  sentence(more?: () => string): string {
    const { random } = this
    const the = (word: string) => `the ${random.chance(0.4) ? `${this.adjective()} ` : ''}${word}`
    const tail = () => (random.chance(0.45) ? ` ${random.pick(TAILS)}` : '')
    const extra = more && random.chance(0.13) ? `, as ${more()} shows` : ''
    const code = () => (random.chance(0.13) ? ` \`${this.code()}\`` : '')
    return random.pick([
      () =>
        `${capital(this.verb())} ${the(this.thing())}${code()} and ${this.verb()} ${the(this.thing())}${tail()}${extra}.`,
      () => `${capital(the(this.thing()))} holds one ${this.thing()} for each ${this.thing()}${code()}${extra}.`,
      () =>
        `To ${this.verb()} ${the(this.thing())}, open the ${random.pick(PLACES)} and choose **${capital(this.thing())}**${extra}.`,
      () =>
        `If ${the(this.thing())} is ${this.adjective()}, the ${this.thing()} keeps the ${this.key()}${code()}${tail()}${extra}.`,
      () =>
        `You can ${this.verb()} up to ${random.int(2, 400)} of them${tail()}; the ${this.key()} counts for ${the(this.thing())}${extra}.`,
      () =>
        `Any ${this.thing()} that is not ${this.adjective()} takes the _${this.key()}_ of ${the(this.thing())}${code()}${tail()}.`,
    ])()
  }

  /** Sentences, wrapped at 120 columns as most documentation is. */
  paragraph(low: number, high: number, more?: () => string): string {
    return wrap(this.random.list(low, high, () => this.sentence(more)).join(' '))
  }
}

export function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1)
}

/** Breaks a text at spaces into lines of at most 120 columns, each after the first with an indent. */
export function wrap(text: string, indent = ''): string {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > 120) {
      lines.push(line)
      line = indent + word
    } else line = line === '' ? word : `${line} ${word}`
  }
  return [...lines, line].join('\n')
}
