using System.Text;

namespace Microblog.LoadTest.Tests;

public sealed class AnswerTests
{
    [Fact]
    public void Ids_of_a_page_are_those_of_its_posts_and_of_nothing_in_them() =>
        Assert.Equal(
            [30, 20],
            Of("""[{"account":{"id":"1"},"id":"30","reblog":{"id":"2"}},{"id":"20","mentions":[{"id":"3"}]}]""").Ids());

    [Fact]
    public void The_id_of_a_post_is_its_own() =>
        Assert.Equal(7, Of("""{"account":{"id":"1"},"tags":[{"id":"2"}],"id":"7"}""").Id());

    private static Answer Of(string json) => new(200, Encoding.UTF8.GetBytes(json), At: 0);
}
