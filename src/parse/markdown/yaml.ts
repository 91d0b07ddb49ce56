/** What is used of the YAML parser. Loaded when needed: the front matter of most pages is plain (`plainFrontMatter`). */
export { Composer, CST, isAlias, isMap, isScalar, isSeq, Parser, parseDocument } from 'yaml'
