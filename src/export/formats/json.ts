import { datasetJsonSchema } from '../../model/dataset.ts'
import { toJson } from '../../text.ts'
import { defineFormat } from '../format.ts'

export default defineFormat({
  id: 'json',
  summary: 'The dataset as JSON, and its JSON Schema',
  files(dataset) {
    return [
      {
        name: 'dataset.json',
        title: 'Dataset',
        description: 'Every role, permission, catalogue, mapping and policy, each fact with its file and line.',
        content: toJson(dataset),
      },
      {
        name: 'dataset.schema.json',
        title: 'Schema of the dataset',
        description: 'JSON Schema (2020-12) that every published dataset is checked against.',
        content: toJson(datasetJsonSchema()),
      },
    ]
  },
})
