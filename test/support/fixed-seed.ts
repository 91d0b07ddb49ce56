/** Properties run on the same cases everywhere; `FC_SEED=$RANDOM npm test` tries others. */
import fc from 'fast-check'

fc.configureGlobal({ seed: Number(process.env.FC_SEED ?? 20_261_121) })
