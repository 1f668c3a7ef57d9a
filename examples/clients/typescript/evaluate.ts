// Asks a decider for one decision, and prints it or what is wrong with the request.
//
//   node dist/evaluate.js ADDRESS FACTS.json
import { readFileSync } from "node:fs";
import { fromJsonString } from "@bufbuild/protobuf";
import { Code, ConnectError, createClient } from "@connectrpc/connect";
import { createGrpcTransport } from "@connectrpc/connect-node";
import { VerdictSchema } from "./gen/decider/v1/decision_pb.js";
import { DecisionService, EvaluateRefundRequestSchema } from "./gen/decider/v1/decision_service_pb.js";
import { BadRequestSchema, ErrorInfoSchema } from "./gen/google/rpc/error_details_pb.js";

async function evaluate(address: string, file: string): Promise<void> {
  const request = fromJsonString(EvaluateRefundRequestSchema, readFileSync(file, "utf8"));
  const client = createClient(DecisionService, createGrpcTransport({ baseUrl: `http://${address}` }));
  const { decision } = await client.evaluateRefund(request, { timeoutMs: 5000 });
  if (decision === undefined) {
    throw new Error("the answer holds no decision");
  }
  const verdict = VerdictSchema.value[decision.verdict]?.name ?? decision.verdict;
  console.log(`${verdict} ${decision.amount?.amountMinor ?? 0n} ${decision.amount?.currencyCode ?? ""}`);
  for (const line of decision.breakdown) {
    console.log(`${String(line.amount?.amountMinor ?? 0n).padStart(6)}  ${line.description}  (${line.clauseId})`);
  }
}

function explain(error: ConnectError): void {
  console.error(`${Code[error.code]}: ${error.rawMessage}`);
  for (const info of error.findDetails(ErrorInfoSchema)) {
    console.error(`reason: ${info.reason}`);
  }
  for (const violation of error.findDetails(BadRequestSchema).flatMap((request) => request.fieldViolations)) {
    console.error(`  ${violation.field}: ${violation.description}`);
  }
}

const [address, file] = process.argv.slice(2);
if (address === undefined || file === undefined) {
  console.error("usage: node dist/evaluate.js ADDRESS FACTS.json");
  process.exit(2);
}
try {
  await evaluate(address, file);
} catch (error) {
  explain(ConnectError.from(error));
  process.exitCode = 1;
}
