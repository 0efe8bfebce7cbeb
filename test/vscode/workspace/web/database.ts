export type Row = Readonly<Record<string, unknown>>;

export interface Database {
  findOne(sql: string, parameters: readonly unknown[]): Promise<Row | undefined>;
  findMany(sql: string, parameters: readonly unknown[]): Promise<readonly Row[]>;
  execute(sql: string, parameters: readonly unknown[]): Promise<number>;
}

export class NotFoundError extends Error {
  constructor(entity: string, id: string) {
    super(`There is no ${entity} ${id}.`);
    this.name = 'NotFoundError';
  }
}
