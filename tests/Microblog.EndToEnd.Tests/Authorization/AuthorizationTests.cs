namespace Microblog.EndToEnd.Tests.Authorization;

/// <summary>Who may do what: see <c>table.txt</c>.</summary>
public sealed class AuthorizationTests(Asked asked) : IClassFixture<Asked>
{
    public static TheoryData<string> Names => [.. Asked.Rows.Select(row => row.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Everybody_is_answered_as_the_table_says(string name)
    {
        var row = Asked.Rows.Single(row => row.Name == name);

        Assert.Empty(
            from caller in Enum.GetValues<Caller>()
            let answer = asked.Answer(row, caller)
            where (int)answer.Status != row.Status(caller)
            select $"{caller} got {(int)answer.Status} instead of {row.Status(caller)}: {answer.Body}");
    }

    [Fact]
    public void No_operation_is_without_a_line() =>
        Assert.Equal(Documented.Operations.Order(), Asked.Rows.Select(row => row.Operation).Distinct().Order());

    [Fact]
    public void What_was_refused_changed_nothing()
    {
        Assert.NotEmpty(asked.Before);
        Assert.Empty(
            from seen in asked.Before.Zip(asked.After)
            where seen.First != seen.Second
            select $"{seen.First}\nbecame\n{seen.Second}");
    }

    [Fact]
    public void A_refusal_says_why_in_the_clients_format() =>
        Assert.Empty(
            from row in Asked.Rows
            where !Fuzz.Operations.All.Single(operation => operation.ToString() == row.Operation).IsPage
            from caller in Enum.GetValues<Caller>()
            let answer = asked.Answer(row, caller)
            where (int)answer.Status >= 400 && answer.Error.Length == 0
            select $"{row.Name}: {caller} got {answer.Body}");
}
