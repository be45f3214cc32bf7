using Npgsql;

namespace Microblog.Admin.Tests.Storage;

[Collection(nameof(SharedAdminWorld))]
public sealed class OperatorRoleTests(AdminWorld world)
{
    private const string InsufficientPrivilege = "42501";

    [Theory]
    [InlineData("SELECT password_hash FROM accounts.users")]
    [InlineData("SELECT email FROM accounts.users")]
    [InlineData("SELECT client_secret_hash FROM accounts.apps")]
    [InlineData("SELECT code_hash FROM accounts.authorization_codes")]
    [InlineData("SELECT body FROM accounts.outbox")]
    [InlineData("SELECT comment FROM graph.notes")]
    [InlineData("SELECT text FROM posts.posts")]
    [InlineData("SELECT content FROM posts.posts")]
    [InlineData("DELETE FROM posts.posts")]
    [InlineData("UPDATE posts.posts SET deleted_at = now()")]
    [InlineData("INSERT INTO graph.blocks VALUES (1, 2, 3, now())")]
    [InlineData("UPDATE accounts.tokens SET revoked_at = NULL")]
    [InlineData("CREATE TABLE posts.mine (id bigint)")]
    public async Task An_operator_sees_no_words_and_no_secrets_and_changes_counters_only(string sql)
    {
        var refusal = await Assert.ThrowsAsync<PostgresException>(() =>
            world.Stores.Database.Read(sql, _ => 0, CancellationToken.None));

        Assert.Equal(InsufficientPrivilege, refusal.SqlState);
    }
}
