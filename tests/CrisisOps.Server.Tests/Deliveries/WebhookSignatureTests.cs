using System.Text;
using CrisisOps.Server.Channels.Webhook;
using Shouldly;

namespace CrisisOps.Server.Tests.Deliveries;

public class WebhookSignatureTests
{
    [Fact]
    public void The_published_test_vector_of_standard_webhooks_comes_out() =>
        WebhookSignature.Header(
            "msg_p5jXN8AQM9LWM0D4loKWxJek", DateTimeOffset.FromUnixTimeSeconds(1614265330), "{\"test\": 2432232314}"u8, [Convert.FromBase64String("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")])
            .ShouldBe("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");

    [Fact]
    public void While_a_secret_is_rotated_both_sign() =>
        WebhookSignature.Header("msg_1", DateTimeOffset.UnixEpoch, "{}"u8, [Encoding.UTF8.GetBytes("new"), Encoding.UTF8.GetBytes("old")]).Split(' ').Length.ShouldBe(2);
}
