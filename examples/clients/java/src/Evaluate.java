import com.google.protobuf.util.JsonFormat;
import com.google.rpc.BadRequest;
import com.google.rpc.ErrorInfo;
import com.google.rpc.Status;
import io.github.refunddecider.v1.Decision;
import io.github.refunddecider.v1.DecisionServiceGrpc;
import io.github.refunddecider.v1.EvaluateRefundRequest;
import io.github.refunddecider.v1.LineItem;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** Asks a decider for one decision, and prints it or what is wrong with the request: Evaluate ADDRESS FACTS.json */
public final class Evaluate {
  public static void main(String[] arguments) throws IOException {
    if (arguments.length != 2) {
      System.err.println("usage: Evaluate ADDRESS FACTS.json");
      System.exit(2);
    }
    EvaluateRefundRequest.Builder request = EvaluateRefundRequest.newBuilder();
    JsonFormat.parser().merge(Files.readString(Path.of(arguments[1])), request);
    ManagedChannel channel = Grpc.newChannelBuilder(arguments[0], InsecureChannelCredentials.create()).build();
    try {
      print(
          DecisionServiceGrpc.newBlockingStub(channel)
              .withDeadlineAfter(5, TimeUnit.SECONDS)
              .evaluateRefund(request.build())
              .getDecision());
    } catch (StatusRuntimeException error) {
      explain(error);
      System.exit(1);
    } finally {
      channel.shutdownNow();
    }
  }

  private static void print(Decision decision) {
    System.out.printf(
        "%s %d %s%n",
        decision.getVerdict(), decision.getAmount().getAmountMinor(), decision.getAmount().getCurrencyCode());
    for (LineItem line : decision.getBreakdownList()) {
      System.out.printf(
          "%6d  %s  (%s)%n", line.getAmount().getAmountMinor(), line.getDescription(), line.getClauseId());
    }
  }

  private static void explain(StatusRuntimeException error) throws IOException {
    Status status = StatusProto.fromThrowable(error);
    System.err.printf("%s: %s%n", error.getStatus().getCode(), error.getStatus().getDescription());
    for (com.google.protobuf.Any detail : status.getDetailsList()) {
      if (detail.is(ErrorInfo.class)) {
        System.err.println("reason: " + detail.unpack(ErrorInfo.class).getReason());
      } else if (detail.is(BadRequest.class)) {
        for (BadRequest.FieldViolation violation : detail.unpack(BadRequest.class).getFieldViolationsList()) {
          System.err.printf("  %s: %s%n", violation.getField(), violation.getDescription());
        }
      }
    }
  }
}
