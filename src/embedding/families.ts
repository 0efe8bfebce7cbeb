/** How a family of embedding models wants to be asked. */
export interface EmbeddingFamily {
  /** Stands before what is searched for, and before what is found. */
  readonly query: string;
  readonly passage: string;
  /** How the vectors of a text's tokens become one: their mean, or the first token's. */
  readonly pooling: 'mean' | 'first';
}

interface Row extends EmbeddingFamily {
  readonly name: RegExp;
}

/** As the models' own cards tell it. What is not known gets no prefix and the mean. */
const FAMILIES: readonly Row[] = [
  { name: /e5-mistral/i, query: 'Query: ', passage: '', pooling: 'mean' },
  { name: /(^|[^a-z0-9])e5([^a-z0-9]|$)/i, query: 'query: ', passage: 'passage: ', pooling: 'mean' },
  {
    name: /nomic-embed-code/i,
    query: 'Represent this query for searching relevant code: ',
    passage: '',
    pooling: 'mean',
  },
  { name: /nomic-embed/i, query: 'search_query: ', passage: 'search_document: ', pooling: 'mean' },
  {
    name: /bge-(small|base|large)-en|snowflake-arctic-embed|mxbai-embed/i,
    query: 'Represent this sentence for searching relevant passages: ',
    passage: '',
    pooling: 'first',
  },
  { name: /bge-|gte-(base|large)-en-v1\.5|gte-modernbert/i, query: '', passage: '', pooling: 'first' },
];

/** The family of a model, by its name or by the name of its folder. */
export function embeddingFamilyOf(model: string): EmbeddingFamily {
  return FAMILIES.find(({ name }) => name.test(model)) ?? { query: '', passage: '', pooling: 'mean' };
}
