namespace Microblog.Accounts.Tests.ReportAccount;

[Collection(RunningAccounts.Name)]
public sealed class ReportAccountTests(RunningAccounts accounts)
{
    [Fact]
    public async Task A_report_reaches_the_operators_log_without_its_text()
    {
        var reporter = await accounts.NewPerson();
        var reported = await accounts.NewPerson();

        using var answer = await accounts.PostForm(
            "/api/v1/reports",
            [
                ("account_id", $"{reported.Id}"),
                ("status_ids[]", "109"),
                ("comment", "private words"),
                ("category", "spam"),
            ],
            reporter.Token);

        var report = await RunningAccounts.Json(answer);
        Assert.Equal("spam", report.GetProperty("category").GetString());
        Assert.Equal(reported.Username, report.GetProperty("target_account").GetProperty("acct").GetString());
        Assert.False(report.GetProperty("action_taken").GetBoolean());
        var entry = Assert.Single(accounts.Log, entry => entry.Message.Contains($"reports {reported.Id}"));
        Assert.Contains("109", entry.Message);
        Assert.DoesNotContain("private words", entry.Message);
    }

    [Theory]
    [InlineData("", "other", 400)]
    [InlineData("1", "other", 404)]
    [InlineData("1", "nonsense", 422)]
    public async Task A_wrong_report_is_refused(string accountId, string category, int status)
    {
        var reporter = await accounts.NewPerson();

        using var answer = await accounts.PostForm(
            "/api/v1/reports",
            [("account_id", accountId), ("category", category)],
            reporter.Token);

        await RunningAccounts.ErrorOf(answer, status);
    }
}
